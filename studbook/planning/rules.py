"""Which pairs may be recommended, and what a coordinator is told of those that may."""

from collections.abc import Sequence

from django.utils import timezone

from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.core.findings import WARN, Finding, rejected
from studbook.core.templatetags.studbook import coefficient
from studbook.planning.figures import PairFigures
from studbook.planning.plans.capping import CODE as OF_CAPS
from studbook.population.bank.sires import stored_of
from studbook.population.breeders import AGE_UNKNOWN, BARRED, TOO_OLD, TOO_YOUNG, Breeder, breeder, limits_of
from studbook.programmes.models import Programme
from studbook.reproduction.status.standing import NOTHING, standing_on

SHORTEST_SENTENCE = 20
OF_PAIR, OF_BARS = "D1", "D13"
PART = {Animal.Sex.MALE: "sire", Animal.Sex.FEMALE: "dam"}


def refuse_unfit_pair(programme: Programme, sire: Animal, dam: Animal, *, banked: bool = False) -> None:
    """Refuse a pair that cannot breed: a stranger to the programme, a dead animal, the wrong sex.

    A banked sample may be a dead sire's, while a dose of his is left; one query then.
    """
    for animal, sex in ((sire, Animal.Sex.MALE), (dam, Animal.Sex.FEMALE)):
        _refuse_stranger(programme, animal)
        if not (banked and animal == sire and not sire.is_living and stored_of(sire)):
            _refuse_gone(animal, banked=banked and animal == sire)
        _refuse_sex(animal, sex)


def refuse_thin_reason(programme: Programme, reason: str, figures: PairFigures | None) -> None:
    """Refuse a missing reason, and anything short of a sentence where the young would be closely inbred.

    Of a pair of which one is not living any more there are no figures.
    """
    if not reason:
        raise StudbookError(
            "A recommendation needs a reason. Write why this pair should breed.", field="reason"
        )
    if figures and figures.above_limit and len(reason) < SHORTEST_SENTENCE:
        sentence = (
            f"The young of this pair would have inbreeding {coefficient(figures.f_offspring)}, not below the "
            f"programme's limit of {coefficient(programme.offspring_inbreeding_limit)}. Write in a sentence, of at "
            f"least {SHORTEST_SENTENCE} characters, why the pair should breed all the same."
        )
        animals = (breeder.animal.studbook_number for breeder in figures.breeders)
        raise rejected("D4", animals, sentence, field="reason")


def bars_of(sire: Animal, dam: Animal, *, banked: bool = False) -> list[Finding]:
    """Return a warning for each of a pair that cannot breed today, or is not for breeding; one query, two if banked.

    What became of a sire after his sample was taken does not stand against the sample, while a dose is in store for use.
    """
    asked = (dam,) if banked and stored_of(sire) else (sire, dam)
    standing = standing_on(sire.programme, timezone.localdate(), asked)
    return [
        Finding(
            OF_BARS,
            WARN,
            (animal.studbook_number,),
            f"{animal} is not to breed: {bar.sentence}. Choose another, or say why the pair should be tried all the same.",
        )
        for animal in asked
        if (bar := standing.get(animal.pk, NOTHING).bar)
    ]


def refuse_unexplained_caps(numbers: tuple[str, str], above: Sequence[str], reason: str) -> None:
    """Refuse a pair with one above the cap of a lineage unless somebody says why it should breed all the same (rule D12)."""
    if above and not reason:
        sentence = f"{' '.join(above)} Write why the pair should breed all the same, or choose another."
        raise rejected(OF_CAPS, numbers, sentence, field="caps_reason")


def age_warnings(programme: Programme, figures: PairFigures) -> tuple[str, ...]:
    """Return a sentence for each of the two that may be too young or too old, or whose age is not known."""
    return tuple(filter(None, (_age_warning(programme, breeder) for breeder in figures.breeders)))


def barred_by_age(programme: Programme, animal: Animal) -> str:
    """Return why an animal's age keeps it from breeding, empty where it does not or nobody can tell."""
    if animal.sex == Animal.Sex.UNKNOWN:
        return ""
    seen = breeder(animal, None, limits_of(programme, animal.sex), programme.as_of)
    return _age_warning(programme, seen) if seen.age_mark in BARRED else ""


def _refuse_stranger(programme: Programme, animal: Animal) -> None:
    if animal.programme_id != programme.pk:
        sentence = f"{animal} is not an animal of {programme}. Choose one of this programme."
        raise rejected(OF_PAIR, [animal.studbook_number], sentence)


def _refuse_gone(animal: Animal, *, banked: bool = False) -> None:
    if not animal.is_living:
        stored = ", and no dose of his is in store for use" if banked else ""
        sentence = (
            f"{animal} is {animal.get_status_display()}{stored}, so it cannot breed. Choose a living animal, "
            "or correct its record."
        )
        raise rejected(OF_PAIR, [animal.studbook_number], sentence)


def _refuse_sex(animal: Animal, sex: Animal.Sex) -> None:
    if animal.sex == Animal.Sex.UNKNOWN:
        sentence = f"The sex of {animal} is not recorded. Record it before you recommend a mate."
        raise rejected(OF_PAIR, [animal.studbook_number], sentence)
    if animal.sex != sex:
        sentence = (
            f"{animal} is {animal.get_sex_display()} and cannot be a {PART[sex]}. Choose a {sex.label}."
        )
        raise rejected(OF_PAIR, [animal.studbook_number], sentence)


def _age_warning(programme: Programme, breeder: Breeder) -> str:
    animal, limits = breeder.animal, limits_of(programme, breeder.animal.sex)
    if not breeder.alive:
        return ""
    return {
        AGE_UNKNOWN: f"{animal} has no birth date, so nobody can tell whether its age allows breeding.",
        TOO_YOUNG: f"{animal} is {_years(breeder.age)} old, younger than the age of first breeding, {_years(limits.first)}.",
        TOO_OLD: f"{animal} is {_years(breeder.age)} old, older than the age of last breeding, {_years(limits.last)}.",
    }.get(breeder.age_mark, "")


def _years(age: float | None) -> str:
    return "" if age is None else f"{age:.1f} years"
