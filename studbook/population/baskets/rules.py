"""What a basket may hold, told in sentences where it may not."""

from collections.abc import Sequence

from studbook.animals.models import Animal, ParentKind
from studbook.core.errors import StudbookError
from studbook.population.baskets.parties import Party
from studbook.population.baskets.reckoning import Reckoning, Taken, named_in
from studbook.population.codes import SEX_OF_ROLE
from studbook.population.models import Basket, BasketNewcomer, BasketStep
from studbook.population.models.basket import LONGEST_LABEL
from studbook.population.set_beside import ChangedBesideError

MOST_STEPS, MOST_YOUNG = 60, 12
FIELD_OF_KIND = {
    BasketStep.Kind.IMPORT: "kinships",
    BasketStep.Kind.LITTER: "sire",
    BasketStep.Kind.DEATH: "animal",
    BasketStep.Kind.EXCLUSION: "animal",
    BasketStep.Kind.INCLUSION: "animal",
}


def refuse_many(basket: Basket, more: int) -> None:
    """Refuse more steps than a person can read; one query."""
    if basket.steps.count() + more > MOST_STEPS:
        raise ChangedBesideError(
            f"The basket {basket} would have more than {MOST_STEPS} steps, and one basket holds no more. "
            "Take some out, or make another basket."
        )


def refuse_litter_size(young: int) -> None:
    if not 1 <= young <= MOST_YOUNG:
        raise StudbookError(
            f"A litter of {young} cannot be added. Give 1 to {MOST_YOUNG} young; more come as another step.",
            field="litter",
        )


def refuse_wrong_sex(party: Party, role: str) -> None:
    """Refuse a female sire or a male dam."""
    wanted = SEX_OF_ROLE[role]
    if party.sex not in (Animal.Sex.UNKNOWN, wanted):
        raise StudbookError(
            f"{party} is {Animal.Sex(party.sex).label} and cannot be a {role}. Choose a {wanted.label}.",
            field=role,
        )


def refuse_one_parent(sire: Party, dam: Party) -> None:
    if sire == dam:
        raise StudbookError(f"{sire} cannot be both sire and dam. Choose two animals.", field="dam")


def refuse_label(basket: Basket, label: str) -> None:
    """Refuse a label that cannot be read, or that an animal or another newcomer bears; two queries."""
    if not label or len(label) > LONGEST_LABEL or label in (".", "..") or not label.isprintable():
        raise StudbookError(
            f"Give the import a label of 1 to {LONGEST_LABEL} signs, as I1, or leave it empty.", field="label"
        )
    if any(sign in label for sign in " /,:") or label.lower() in (ParentKind.WILD, ParentKind.UNKNOWN):
        raise StudbookError(
            f"The label {label} cannot be told from other words. Write one without blank, comma, colon or slash, as I1.",
            field="label",
        )
    if basket.programme.animals.filter(studbook_number__iexact=label).exists():
        raise StudbookError(
            f"{label} is the studbook number of an animal of {basket.programme}. Choose another label.",
            field="label",
        )
    if BasketNewcomer.objects.filter(step__basket=basket, label__iexact=label).exists():
        raise StudbookError(
            f"The basket has a newcomer {label} already. Choose another label.", field="label"
        )


def refuse_twice(parties: Sequence[Party]) -> None:
    twice = next((each for each in parties if parties.count(each) > 1), None)
    if twice is not None:
        raise StudbookError(f"{twice} is given two kinships with the import. Give one.", field="kinships")


def refuse_impossible(reckoning: Reckoning, new: set[int]) -> None:
    """Refuse steps, given by their keys, that cannot be on the book as recorded."""
    for taken in reckoning.steps:
        if taken.refusal and taken.step.pk in new:
            field = FIELD_OF_KIND[BasketStep.Kind(taken.step.kind)]
            raise StudbookError(f"The {taken.step} cannot be. {taken.refusal}", field=field)


def refuse_needed(step: BasketStep, number: int, before: Reckoning) -> None:
    """Refuse to take out a step whose newcomers a later one names; no query."""
    brought = {each.pk for each in step.newcomers.all()}
    for taken in before.steps[number:]:
        for party in named_in(taken.step):
            if isinstance(party, BasketNewcomer) and party.pk in brought:
                raise ChangedBesideError(
                    f"Step {number} brings {party}, and step {taken.number}, the {taken.step}, needs it. "
                    f"Take step {taken.number} out first."
                )


def refuse_undone(step: BasketStep, number: int, before: Reckoning, after: Reckoning) -> None:
    """Refuse to take out a step without which a later one could not be."""
    was_refused = {taken.step.pk for taken in before.steps if taken.refusal}
    for taken in after.steps:
        if taken.refusal and taken.step.pk not in was_refused:
            later = _number_of(taken.step, before.steps)
            raise ChangedBesideError(
                f"Without step {number}, the {step}, step {later}, the {taken.step}, could not be: {taken.refusal} "
                f"Take step {later} out first."
            )


def _number_of(step: BasketStep, steps: Sequence[Taken]) -> int:
    return next(each.number for each in steps if each.step.pk == step.pk)
