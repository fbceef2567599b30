"""One scenario again, with one thing otherwise: the four strategies, with and without the genome bank."""

from collections.abc import Callable, Iterable, Iterator

from django.forms.models import model_to_dict

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.population.demography.projections.actions import make_scenarios
from studbook.population.demography.projections.drafts import COLUMNS, ScenarioDraft
from studbook.population.models import Scenario
from studbook.population.set_beside import refuse_archived

MOVE = ("direction", "males", "females", "youngest", "oldest", "first", "last", "every", "most_related")
CATASTROPHE = ("chance", "survival", "litters")
LONGEST_NAME = 80
WITH_BANK, WITHOUT_BANK = "with the genome bank", "without the genome bank"
NO_BANK = "{scenario} names no banked donors. Add them first, then compare with the genome bank and without."


def draft_of(scenario: Scenario) -> ScenarioDraft:
    """Return a scenario as what a person would write to make it; three queries where its parts are not fetched."""
    return ScenarioDraft(
        assumed={column: getattr(scenario, column) for column in COLUMNS},
        moves=tuple(model_to_dict(each, MOVE) for each in scenario.moves.all()),
        catastrophes=tuple(model_to_dict(each, CATASTROPHE) for each in scenario.catastrophes.all()),
        donors={each.animal.studbook_number: each.straws for each in scenario.donors.all()},
    )


def four_strategies(scenario: Scenario, *, by: User | None) -> list[Scenario]:
    """Return the scenario under each of the four strategies, made where it is not there yet; itself is one of them."""
    return _varied(scenario, _strategies(), by)


def with_and_without_bank(scenario: Scenario, *, by: User | None) -> list[Scenario]:
    """Return the scenario with the genome bank and without, made where it is not there yet; itself is one of them."""
    if not scenario.donors.exists():
        raise StudbookError(NO_BANK.format(scenario=scenario))
    return _varied(scenario, _banks(), by)


COPIES: dict[str, Callable[..., list[Scenario]]] = {
    "strategies": four_strategies,
    "bank": with_and_without_bank,
}

Variant = tuple[str, dict[str, object]]


def _strategies() -> Iterator[Variant]:
    for strategy, label in Scenario.Strategy.choices:
        yield label, {"strategy": strategy}


def _banks() -> Iterator[Variant]:
    yield WITH_BANK, {"uses_bank": True}
    yield WITHOUT_BANK, {"uses_bank": False}


def _varied(scenario: Scenario, variants: Iterable[Variant], by: User | None) -> list[Scenario]:
    refuse_archived(scenario)
    own = draft_of(scenario)
    there = {each.name: each for each in scenario.programme.scenarios.standing().whole()}
    found: list[Scenario | str] = []
    new: dict[str, ScenarioDraft] = {}
    for label, changed in variants:
        draft = ScenarioDraft({**own.assumed, **changed}, own.moves, own.catastrophes, own.donors)
        name = _named(scenario.name, label)
        if draft == own:
            found.append(scenario)
        elif name in there and draft_of(there[name]) == draft:
            found.append(there[name])
        else:
            found.append(name)
            new[name] = draft
    made = _made(scenario, new, by)
    return [made[each] if isinstance(each, str) else each for each in found]


def _made(scenario: Scenario, drafts: dict[str, ScenarioDraft], by: User | None) -> dict[str, Scenario]:
    if not drafts:
        return {}
    made = make_scenarios(scenario.programme, drafts, reason=f"{scenario.reason} To compare.", by=by)
    return dict(zip(drafts, made, strict=True))


def _named(name: str, label: str) -> str:
    for known in (*Scenario.Strategy.labels, WITH_BANK, WITHOUT_BANK):
        name = name.removesuffix(f", {known}")
    return f"{name[: LONGEST_NAME - len(label) - 2]}, {label}"
