"""What an overlay may assume, told in sentences where it may not."""

from collections.abc import Iterable
from decimal import Decimal

from pedigree.errors import OverlayError, PedigreeError
from studbook.animals.models import Animal, ParentKind
from studbook.core.errors import StudbookError
from studbook.population.codes import SEX_OF_ROLE
from studbook.population.models import AssumedParent, Assumption, Overlay
from studbook.population.overlays.parties import Party
from studbook.population.pedigrees import STORED_ROUNDING, book_of
from studbook.population.set_beside import ChangedBesideError

LONGEST_LABEL = 20
MOST_ASSUMPTIONS = 200


def refuse_many(overlay: Overlay) -> None:
    """Refuse more than an analysis can carry and a person can read; one query."""
    if overlay.assumptions.count() >= MOST_ASSUMPTIONS:
        raise ChangedBesideError(
            f"The overlay {overlay} has {MOST_ASSUMPTIONS} assumptions, and one overlay holds no more. "
            "Make another overlay; several can be used together."
        )


def refuse_again(overlay: Overlay, assumption: Assumption) -> None:
    """Refuse what the overlay assumes already, differently or alike; one query."""
    same = overlay.assumptions.whole().filter(kind=assumption.kind)
    if any(_subject(each) == _subject(assumption) for each in same):
        raise StudbookError(
            f"The overlay {overlay} has an assumption on the {assumption} already. Remove that one first."
            if assumption.kind != Assumption.Kind.EXCLUDED
            else f"{assumption.first} is excluded by {overlay} already. Nothing is left to do.",
            field="animal",
        )


def _subject(assumption: Assumption) -> tuple[object, ...]:
    first = (assumption.animal_id, assumption.hypothetical_id)
    second = (assumption.other_animal_id, assumption.other_hypothetical_id)
    return frozenset((first, second)), assumption.role, assumption.label.lower()


def refuse_label(overlay: Overlay, label: str) -> None:
    """Refuse a label that cannot be read, or that an animal or another hypothetical animal bears; two queries."""
    if not label or len(label) > LONGEST_LABEL or label in (".", "..") or not label.isprintable():
        raise StudbookError(
            f"Give the hypothetical animal a label of 1 to {LONGEST_LABEL} signs, as H1.", field="label"
        )
    if any(sign in label for sign in " /,") or label.lower() in (ParentKind.WILD, ParentKind.UNKNOWN):
        raise StudbookError(
            f"The label {label} cannot be told from other words. Write one without blank, comma or slash, as H1.",
            field="label",
        )
    if overlay.programme.animals.filter(studbook_number__iexact=label).exists():
        raise StudbookError(
            f"{label} is the studbook number of an animal of {overlay.programme}. Choose another label.",
            field="label",
        )
    used = Assumption.objects.filter(overlay__programme=overlay.programme_id, label__iexact=label)
    other = used.select_related("overlay").first()
    if other is not None:
        # Overlays are used together, where one label must be one animal.
        raise StudbookError(
            f"The overlay {other.overlay} has a {other} already. Choose another label.", field="label"
        )


def refuse_wrong_sex(overlay: Overlay, party: Party, role: str, *, field: str) -> None:
    """Refuse a female sire or a male dam, unless the overlay assumes another sex of it; one query."""
    sex = party.sex
    if party.animal is not None:
        assumed = overlay.assumptions.filter(kind=Assumption.Kind.SEX, animal=party.animal).first()
        sex = assumed.sex if assumed is not None else sex
    wanted = SEX_OF_ROLE[role]
    if sex not in ("", Animal.Sex.UNKNOWN, wanted):
        raise StudbookError(
            f"{party} is {Animal.Sex(sex).label} and cannot be a {role}. Choose a {wanted.label}, "
            f"or assume first that its sex is {wanted.label}.",
            field=field,
        )


def refuse_odd_shares(role: str, shares: Iterable[Decimal], *, field: str) -> None:
    total = sum(shares, Decimal(0))
    if abs(total - 1) >= Decimal(str(STORED_ROUNDING)):
        raise StudbookError(
            f"The probabilities of the possible {role}s add to {total.normalize():f}. Change them so that they add to 1, "
            "or leave all of them empty for equal ones.",
            field=field,
        )


def refuse_recorded(animal: Animal, role: str, parents: list[AssumedParent]) -> None:
    """Refuse to assume the one parent that is recorded."""
    kind, parent = getattr(animal, f"{role}_kind"), getattr(animal, f"{role}_id")
    if (
        len(parents) == 1
        and (parents[0].kind, parents[0].animal_id) == (kind, parent)
        and not parents[0].hypothetical
    ):
        raise StudbookError(
            f"The {role} of {animal} is recorded as {parents[0]} already, so there is nothing to assume. "
            "Choose another one.",
            field="parents",
        )


def refuse_gone(animal: Animal) -> None:
    if not animal.is_living:
        raise StudbookError(
            f"{animal} is {animal.get_status_display()}, so no analysis counts it and it need not be excluded. "
            "Choose a living animal.",
            field="animal",
        )


def refuse_recorded_sex(animal: Animal, sex: str) -> None:
    if animal.sex == sex:
        raise StudbookError(
            f"The sex of {animal} is recorded as {animal.get_sex_display()} already, so there is nothing to assume. "
            "Choose another one.",
            field="sex",
        )


def refuse_turned(overlay: Overlay, animal: Animal, sex: str) -> None:
    """Refuse a sex that would make a parent assumed by the overlay a female sire or a male dam; one query."""
    named = AssumedParent.objects.filter(assumption__overlay=overlay, animal=animal)
    for parent in named.select_related("assumption__animal"):
        if sex not in (Animal.Sex.UNKNOWN, SEX_OF_ROLE[parent.role]):
            raise ChangedBesideError(
                f"{animal} would be {Animal.Sex(sex).label}, and {overlay} has it as a possible {parent.role} in its "
                f"assumption on the {parent.assumption}. Remove that one first."
            )


def refuse_apart(first: Animal, second: Animal) -> None:
    """Refuse twins that are one animal, or that were born on different days."""
    if first == second:
        raise StudbookError(f"{first} cannot be its own twin. Name two animals.", field="other")
    born = [f"{animal} {animal.birth or 'on a day not known'}" for animal in (first, second)]
    if (first.birth_earliest, first.birth_latest) != (second.birth_earliest, second.birth_latest):
        raise StudbookError(
            f"Identical twins are born on one day, and the book has {' and '.join(born)}. Correct the dates of birth, "
            "or name two animals of one litter.",
            field="other",
        )


def refuse_no_pedigree(overlay: Overlay) -> None:
    """Refuse assumptions under which the book would be no pedigree; reads the whole book."""
    try:
        book_of(overlay.programme, [overlay])
    except OverlayError as error:
        raise StudbookError(str(error)) from error
    except PedigreeError as error:
        raise StudbookError(f"Under this assumption the book would be no pedigree. {error}") from error


def refuse_in_use(assumption: Assumption) -> None:
    """Refuse to remove a hypothetical animal that other assumptions name, or a sex that they need; three queries."""
    if assumption.kind == Assumption.Kind.SEX and assumption.animal is not None:
        refuse_turned(assumption.overlay, assumption.animal, assumption.animal.sex)
    young = assumption.assumed_offspring.select_related("assumption__animal").first()
    kin = Assumption.objects.whole().filter(overlay=assumption.overlay_id)
    kin_one = next(
        (each for each in kin if assumption.pk in (each.hypothetical_id, each.other_hypothetical_id)), None
    )
    user = young.assumption if young is not None else kin_one
    if user is not None:
        raise ChangedBesideError(
            f"The {assumption} is named by the assumption on the {user}. Remove that one first."
        )
