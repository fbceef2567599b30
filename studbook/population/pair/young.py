"""What came of a pair's past matings: the litters of each with others, and of the two together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from pedigree.demography.fecundity import TOGETHER
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


def past_young(book: Book, sire: Animal, dam: Animal) -> list[PastYoung]:
    """Return three rows: the two together, the sire with others, the dam with others; no query."""
    father, mother = sire.studbook_number, dam.studbook_number
    return [
        _row(book, "Together", None, "", lambda one: one.sire == father and one.dam == mother),
        _row(book, "with others", sire, "dam", lambda one: one.sire == father and one.dam != mother),
        _row(book, "with others", dam, "sire", lambda one: one.dam == mother and one.sire != father),
    ]


def _row(
    book: Book, words: str, animal: Animal | None, mate: str, counted: Callable[[Member], bool]
) -> PastYoung:
    young = [member for member in book.members if counted(member)]
    mates = {getattr(member, mate) for member in young} if mate else set()
    return PastYoung(
        words,
        animal,
        _litters(young),
        len(young),
        sum(isinstance(each, str) for each in mates),
        _lived(young, MONTH, book.as_of),
        _lived(young, YEAR, book.as_of),
        max((member.birth for member in young if member.birth), default=None),
    )


def _litters(young: Iterable[Member]) -> int:
    """Count litters as the demography does: one dam's young born within some days; who has no day is a litter alone."""
    count = 0
    for _, mates in groupby(sorted(young, key=lambda one: str(one.dam)), key=lambda one: str(one.dam)):
        members = list(mates)
        days = sorted(member.birth for member in members if member.birth)
        count += sum(member.birth is None for member in members)
        first: date | None = None
        for day in days:
            if first is None or (day - first).days > TOGETHER:
                first, count = day, count + 1
    return count


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
