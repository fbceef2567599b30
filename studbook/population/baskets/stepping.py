"""To add steps to a basket, and to take any of them out again."""

import re
from collections.abc import Callable, Iterable, Sequence

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.population.basis import Basis
from studbook.population.baskets import rules
from studbook.population.baskets.drafts import StepDraft
from studbook.population.baskets.engine import steps_of
from studbook.population.baskets.parties import Party, party_named
from studbook.population.baskets.reckoning import Reckoning, reckoned
from studbook.population.models import Basket, BasketKinship, BasketNewcomer, BasketStep
from studbook.population.set_beside import ChangedBesideError, refuse_archived
from studbook.programmes.changes import Trail, changing, columns_of, save_unless_stale

LABELS = {BasketStep.Kind.LITTER: "Y", BasketStep.Kind.IMPORT: "I"}
# What numbers go on from: a longer one that somebody wrote would grow out of its column.
NUMBERED = re.compile(r"[A-Z][0-9]{1,6}")
NOTHING_TO_UNDO = "The basket {basket} is empty, so there is no step to undo. Add a step first."


def add_steps(
    basket: Basket, drafts: Sequence[StepDraft], *, by: User | None, opened_version: int | None = None
) -> list[BasketStep]:
    """Add steps at the end, all or none; without an opened version, whatever the basket holds by now."""
    with changing(basket.programme, "add what-if", by=by, right=Right.PLAN, alters_numbers=False) as trail:
        basket.refresh_from_db()
        refuse_archived(basket)
        before = columns_of(basket)
        save_unless_stale(basket, opened_version=opened_version or basket.version, fields=[])
        trail.changed(basket, before)
        return append(basket, drafts, trail)


def remove_step(step: BasketStep, *, by: User | None, opened_version: int) -> None:
    """Take a step out, unless a later one needs it; the trail keeps it."""
    with changing(
        step.basket.programme, "take out what-if", by=by, right=Right.PLAN, alters_numbers=False
    ) as trail:
        _take_out(step.basket, step.pk, trail, opened_version)


def undo_last(basket: Basket, *, by: User | None, opened_version: int) -> BasketStep:
    """Take the last step out, and return what it was."""
    with changing(basket.programme, "undo what-if", by=by, right=Right.PLAN, alters_numbers=False) as trail:
        last = steps_of(basket).last()
        if last is None:
            raise ChangedBesideError(NOTHING_TO_UNDO.format(basket=basket))
        _take_out(basket, last.pk, trail, opened_version)
        return last


def append(basket: Basket, drafts: Sequence[StepDraft], trail: Trail) -> list[BasketStep]:
    """Write steps under the lock, and refuse them all where one cannot be on the book as recorded."""
    rules.refuse_many(basket, len(drafts))
    place = basket.steps.order_by("-place").values_list("place", flat=True).first() or 0
    made = [_written(basket, draft, place + number, trail) for number, draft in enumerate(drafts, start=1)]
    rules.refuse_impossible(_as_recorded(basket), {step.pk for step in made})
    return made


def _take_out(basket: Basket, key: int, trail: Trail, opened_version: int) -> None:
    basket.refresh_from_db()
    refuse_archived(basket)
    before, columns = _as_recorded(basket), columns_of(basket)
    save_unless_stale(basket, opened_version=opened_version, fields=[])
    trail.changed(basket, columns)
    # Its version is that of the page, so the step is still there.
    number, step = next((each.number, each.step) for each in before.steps if each.step.pk == key)
    rules.refuse_needed(step, number, before)
    trail.removed([*step.kinships.all(), *step.newcomers.all(), step])
    step.delete()
    rules.refuse_undone(step, number, before, _as_recorded(basket))


def _as_recorded(basket: Basket) -> Reckoning:
    return reckoned(Basis(basket.programme), list(steps_of(basket)))


def _written(basket: Basket, draft: StepDraft, place: int, trail: Trail) -> BasketStep:
    step = BasketStep(basket=basket, place=place, kind=draft.kind)
    parts = _MAKERS[BasketStep.Kind(draft.kind)](step, draft)
    step.save()
    # One by one: the trail needs the keys, which a bulk insert does not give on every database.
    for part in parts:
        part.save()
    trail.created([step, *parts])
    return step


Parts = list[BasketNewcomer | BasketKinship]


def _litter(step: BasketStep, draft: StepDraft) -> Parts:
    rules.refuse_litter_size(draft.litter)
    sire, dam = (party_named(step.basket, getattr(draft, role), field=role) for role in ("sire", "dam"))
    rules.refuse_wrong_sex(sire, "sire")
    rules.refuse_wrong_sex(dam, "dam")
    rules.refuse_one_parent(sire, dam)
    step.sire, step.sire_newcomer = sire.animal, sire.newcomer
    step.dam, step.dam_newcomer = dam.animal, dam.newcomer
    return [BasketNewcomer(step=step, label=label) for label in _free_labels(step, draft.litter)]


def _import(step: BasketStep, draft: StepDraft) -> Parts:
    label = draft.label.strip() or _free_labels(step, 1)[0]
    rules.refuse_label(step.basket, label)
    related = [(party_named(step.basket, who, field="kinships"), value) for who, value in draft.kinships]
    rules.refuse_twice([party for party, _ in related])
    newcomer = BasketNewcomer(step=step, label=label, sex=draft.sex)
    return [newcomer, *(_kinship(step, party, value) for party, value in related)]


def _kinship(step: BasketStep, party: Party, value: float) -> BasketKinship:
    return BasketKinship(step=step, animal=party.animal, newcomer=party.newcomer, kinship=value)


def _about_one(step: BasketStep, draft: StepDraft) -> Parts:
    party = party_named(step.basket, draft.animal, field="animal")
    step.animal, step.animal_newcomer = party.animal, party.newcomer
    return []


_MAKERS: dict[BasketStep.Kind, Callable[[BasketStep, StepDraft], Parts]] = {
    BasketStep.Kind.LITTER: _litter,
    BasketStep.Kind.IMPORT: _import,
    BasketStep.Kind.DEATH: _about_one,
    BasketStep.Kind.EXCLUSION: _about_one,
    BasketStep.Kind.INCLUSION: _about_one,
}


def _free_labels(step: BasketStep, wanted: int) -> list[str]:
    """Return labels for newcomers, as Y4, that nobody bears; two queries."""
    basket, letter = step.basket, LABELS[BasketStep.Kind(step.kind)]
    newcomers = BasketNewcomer.objects.filter(step__basket=basket, label__istartswith=letter)
    taken = _in_capitals(newcomers.values_list("label", flat=True))
    animals: Iterable[str] = basket.programme.animals.filter(studbook_number__istartswith=letter).values_list(
        "studbook_number", flat=True
    )
    # After the last one there is: a number that was taken out does not come back as another animal.
    last = max((int(each[1:]) for each in taken if NUMBERED.fullmatch(each)), default=0)
    taken |= _in_capitals(animals)
    found: list[str] = []
    while len(found) < wanted:
        last += 1
        if f"{letter}{last}" not in taken:
            found.append(f"{letter}{last}")
    return found


def _in_capitals(words: Iterable[str]) -> set[str]:
    return {each.upper() for each in words}
