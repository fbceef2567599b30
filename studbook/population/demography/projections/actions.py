"""What a coordinator does with a scenario: make, change, copy; it is archived and restored like all that is set beside the book."""

from collections.abc import Iterable, Mapping
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.population.demography.projections.assumed import assumed_of
from studbook.population.demography.projections.drafts import COLUMNS, ScenarioDraft
from studbook.population.demography.projections.given import refuse_archived_rates
from studbook.population.models import BankedDonor, RateSet, Scenario, ScenarioCatastrophe, ScenarioMove
from studbook.population.set_beside import refuse_archived, refuse_empty, refuse_used_name
from studbook.programmes.changes import Trail, changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme

NO_NAME = "A scenario needs a name. Write a few words that tell what it assumes, as Mean kinship, 120 spaces."
NO_REASON = "A scenario needs a reason. Write what it is to answer."
NO_DONORS = (
    "The genome bank is used, and no donor is named. Name the males with their straws, or do not use it."
)
Part = BankedDonor | ScenarioCatastrophe | ScenarioMove


def make_scenario(
    programme: Programme, *, name: str, reason: str, draft: ScenarioDraft, by: User | None
) -> Scenario:
    """Make a scenario; nothing is run yet."""
    with changing(
        programme, "make scenario", by=by, right=Right.PLAN, reason=reason.strip(), alters_numbers=False
    ) as trail:
        return _made(programme, name, reason, draft, by, trail)


def make_scenarios(
    programme: Programme, drafts: Mapping[str, ScenarioDraft], *, reason: str, by: User | None
) -> list[Scenario]:
    """Make several scenarios by name, all or none."""
    with changing(
        programme, "make scenarios", by=by, right=Right.PLAN, reason=reason.strip(), alters_numbers=False
    ) as trail:
        return [_made(programme, name, reason, draft, by, trail) for name, draft in drafts.items()]


def edit_scenario(
    scenario: Scenario,
    *,
    name: str,
    reason: str,
    draft: ScenarioDraft,
    by: User | None,
    opened_version: int,
) -> Scenario:
    """Give a scenario another name, reason or other assumptions; what was run stays as it was run."""
    reason = reason.strip()
    with changing(
        scenario.programme, "edit scenario", by=by, right=Right.PLAN, reason=reason, alters_numbers=False
    ) as trail:
        scenario.refresh_from_db()
        refuse_archived(scenario)
        before = columns_of(scenario)
        _fill(scenario, name, reason, draft)
        parts = _parts(scenario, draft)
        _refuse_impossible(scenario, parts)
        save_unless_stale(scenario, opened_version=opened_version, fields=["name", "reason", *COLUMNS])
        trail.changed(scenario, before)
        _replace(scenario, parts, trail)
    return scenario


def _made(
    programme: Programme, name: str, reason: str, draft: ScenarioDraft, by: User | None, trail: Trail
) -> Scenario:
    scenario = Scenario(programme=programme, made_by=by)
    _fill(scenario, name, reason.strip(), draft)
    parts = _parts(scenario, draft)
    _refuse_impossible(scenario, parts)
    scenario.save()
    trail.created([scenario])
    _save(parts, trail)
    return scenario


def _fill(scenario: Scenario, name: str, reason: str, draft: ScenarioDraft) -> None:
    scenario.name, scenario.reason = name.strip(), reason
    for column in COLUMNS:
        if column in draft.assumed:
            setattr(scenario, column, draft.assumed[column])


def _parts(scenario: Scenario, draft: ScenarioDraft) -> list[Part]:
    animals = _donors(scenario.programme, draft.donors)
    return [
        *(ScenarioMove(scenario=scenario, **each) for each in draft.moves),
        *(ScenarioCatastrophe(scenario=scenario, **each) for each in draft.catastrophes),
        *(BankedDonor(scenario=scenario, animal=animals[who], straws=n) for who, n in draft.donors.items()),
    ]


def _donors(programme: Programme, straws: Mapping[str, int]) -> dict[str, Animal]:
    found = {
        animal.studbook_number: animal
        for animal in programme.animals.filter(studbook_number__in=straws).select_related("programme")
    }
    for number, count in straws.items():
        if number not in found:
            raise StudbookError(
                f"There is no animal {number} in this book. Correct the donor.", field="donors"
            )
        if found[number].sex != Animal.Sex.MALE:
            raise StudbookError(
                f"{found[number]} is no male by this book, and straws are banked of males. Correct the donor.",
                field="donors",
            )
        if count < 1:
            raise StudbookError(
                f"{found[number]} has {count} straws. Give 1 or more, or leave the donor out.", field="donors"
            )
    return found


def _refuse_impossible(scenario: Scenario, parts: Iterable[Part]) -> None:
    refuse_empty(scenario.name, NO_NAME, field="name")
    refuse_empty(scenario.reason, NO_REASON, field="reason")
    refuse_used_name(scenario)
    parts = list(parts)
    if scenario.uses_bank and not any(isinstance(part, BankedDonor) for part in parts):
        raise StudbookError(NO_DONORS, field="donors")
    _refuse_rates(scenario.programme, scenario.rate_set)
    moves = [part for part in parts if isinstance(part, ScenarioMove)]
    assumed_of(scenario, moves, [part for part in parts if isinstance(part, ScenarioCatastrophe)])


def _refuse_rates(programme: Programme, rates: RateSet | None) -> None:
    if rates is None:
        return
    if rates.programme_id != programme.pk:
        raise StudbookError("These rates are of another programme. Choose others.", field="rates")
    refuse_archived_rates(rates)


def _replace(scenario: Scenario, parts: list[Part], trail: Trail) -> None:
    there: list[Any] = [*scenario.moves.all(), *scenario.catastrophes.all(), *scenario.donors.all()]
    if _told(there) == _told(parts):
        return
    trail.removed(there)
    for each in there:
        each.delete()
    _save(parts, trail)


def _told(parts: Iterable[Part]) -> list[dict[str, Any]]:
    told = [{**columns_of(part), "record": part._meta.label} for part in parts]
    return [{name: value for name, value in each.items() if name != "id"} for each in told]


def _save(parts: Iterable[Part], trail: Trail) -> None:
    # One by one: the trail needs the keys, which a bulk insert does not give on every database.
    for part in parts:
        part.save()
        trail.created([part])
