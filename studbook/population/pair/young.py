"""What came of a pair's past matings: the litters of each with others, and of the two together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from pedigree.demography.fecundity import Litter
from studbook.animals.models import Animal
from studbook.core.dates import DAYS_IN_YEAR
from studbook.population.demography.book import Book, Member

MONTH = timedelta(days=30)
YEAR = timedelta(days=DAYS_IN_YEAR)


@dataclass(frozen=True, slots=True)
class Survivors:
    """Of the young whose fate is known that long, how many lived through a time."""

    lived: int
    known: int

    @property
    def share(self) -> float | None:
        return self.lived / self.known if self.known else None


@dataclass(frozen=True, slots=True)
class PastYoung:
    """The young of one animal with others, or of the two together, by litters. Young of uncertain parents are not counted."""

    words: str
    animal: Animal | None
    litters: int
    young: int
    mates: int
    month: Survivors
    year: Survivors
    last: date | None


@dataclass(frozen=True, slots=True)
class BornLitter:
    """Young of one litter of the two, by number. `day` is the first birth; None where no date tells it."""

    numbers: tuple[str, ...]
    day: date | None
    month: Survivors
    year: Survivors


def past_young(book: Book, born: Iterable[Litter], sire: Animal, dam: Animal) -> list[PastYoung]:
    """Return three rows: the two together, the sire with others, the dam with others; no query.

    `born` are the litters that the demography counts.
    """
    row = partial(_row, book, _litter_of(born))
    father, mother = sire.studbook_number, dam.studbook_number
    return [
        row("Together", None, "", lambda one: one.sire == father and one.dam == mother),
        row("with others", sire, "dam", lambda one: one.sire == father and one.dam != mother),
        row("with others", dam, "sire", lambda one: one.dam == mother and one.sire != father),
    ]


def litters_of_two(book: Book, born: Iterable[Litter], sire: Animal, dam: Animal) -> list[BornLitter]:
    """Return the litters of the two together, those that `past_young` counts; no query."""
    pair = sire.studbook_number, dam.studbook_number
    young = [member for member in book.members if (member.sire, member.dam) == pair]
    return [_born(book, litter) for litter in _by_litters(young, _litter_of(born))]


def _born(book: Book, young: Sequence[Member]) -> BornLitter:
    return BornLitter(
        tuple(member.number for member in young),
        min((member.birth for member in young if member.birth), default=None),
        _lived(young, MONTH, book.as_of),
        _lived(young, YEAR, book.as_of),
    )


def _litter_of(born: Iterable[Litter]) -> dict[str, int]:
    return {number: place for place, litter in enumerate(born) for number in litter.young}


def _row(
    book: Book,
    litter_of: Mapping[str, int],
    words: str,
    animal: Animal | None,
    mate: str,
    counted: Callable[[Member], bool],
) -> PastYoung:
    young = [member for member in book.members if counted(member)]
    mates = {getattr(member, mate) for member in young} if mate else set()
    return PastYoung(
        words,
        animal,
        len(_by_litters(young, litter_of)),
        len(young),
        sum(isinstance(each, str) for each in mates),
        _lived(young, MONTH, book.as_of),
        _lived(young, YEAR, book.as_of),
        max((member.birth for member in young if member.birth), default=None),
    )


def _by_litters(young: Iterable[Member], litter_of: Mapping[str, int]) -> list[list[Member]]:
    """Return young by litters; beside the demography's, each day of a dam, and who has no day alone."""
    found: dict[tuple[object, ...], list[Member]] = {}
    for one in young:
        litter = litter_of.get(one.number)
        alone = (one.number,) if one.birth is None else (one.dam, one.birth)
        found.setdefault(alone if litter is None else (litter,), []).append(one)
    return list(found.values())


def _lived(young: Iterable[Member], span: timedelta, as_of: date) -> Survivors:
    told = [_outlived(member, span, as_of) for member in young]
    return Survivors(sum(each is True for each in told), sum(each is not None for each in told))


def _outlived(member: Member, span: timedelta, as_of: date) -> bool | None:
    """Tell whether an animal lived through a time from its birth; None where nobody saw it so long."""
    if member.birth is None:
        return None
    end = member.birth + span
    if member.death:
        return member.death >= end
    # A last stay that is closed ends what is known, also of one that lives on elsewhere.
    seen = as_of if not member.held or member.held[-1].end is None else member.held[-1].end
    return True if seen >= end else None
