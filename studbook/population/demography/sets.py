"""Sets through time: who of a book was in the population asked about, and since when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pedigree.demography.lives import LifeRecord, Lives
from pedigree.structure import Parent
from studbook.population.codes import SEX_CODES
from studbook.population.demography.book import Book, Member
from studbook.population.demography.filters import Filters
from studbook.population.stays import Stay

BIRTH, DEATH, ENTRY, EXIT = "birth", "death", "entry", "exit"
Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Presence:
    """An animal that was ever in: `spans` are its times in the set, `stays` where it was meanwhile."""

    member: Member
    stays: tuple[Stay, ...]
    spans: tuple[Span, ...]

    def at(self, day: date) -> Stay | None:
        """Return the stay of a day; who dies or leaves on a day is not counted on it, who comes is."""
        # Asked of everybody for every year: a plain loop takes half the time of a generator.
        for start, end in self.spans:
            if start <= day and (end is None or day < end):
                return next((stay for stay in reversed(self.stays) if stay.start <= day), self.stays[0])
        return None


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody's coming or going: a birth, a death, an entry (import) or an exit (export), and where."""

    kind: str
    on: date
    member: Member
    place: int | None


@dataclass(frozen=True, slots=True, eq=False)
class PopulationSet:
    """The animals that pass the filters, with their times in it; `first` and `last` are the window in fact.

    `lives` holds the whole book, parents outside the set included, with the stays of the set alone. Animals whose days
    exclude each other are in neither; `contradictory` names them.
    """

    book: Book
    filters: Filters
    lives: Lives
    presences: tuple[Presence, ...]
    first: date
    last: date

    @property
    def empty(self) -> bool:
        return not self.presences

    @property
    def ends_whole(self) -> bool:
        """Whether the last year is told to its end."""
        return (self.last.month, self.last.day) == (12, 31)

    @property
    def contradictory(self) -> tuple[str, ...]:
        return self.lives.contradictory

    @property
    def window(self) -> tuple[int, int]:
        """The first and the last day as ordinals, as the science counts them."""
        return self.first.toordinal(), self.last.toordinal()

    def on(self, day: date) -> list[tuple[Presence, Stay]]:
        """Return who was in on a day, and the stay it was in by."""
        return [(each, stay) for each in self.presences if (stay := each.at(day)) is not None]

    def moves(self) -> Iterator[Move]:
        """Yield every coming and going within the window."""
        for presence in self.presences:
            yield from (move for move in _moves(presence) if self.first <= move.on <= self.last)


def set_of(book: Book, filters: Filters) -> PopulationSet:
    """Return the animals of a book that pass the filters; no query."""
    stays = {
        member.number: filters.stays(member, book) if filters.takes(member) else [] for member in book.members
    }
    lives = Lives.from_records(_records(book, stays))
    spans = _spans(lives)
    presences = tuple(
        Presence(member, tuple(stays[member.number]), tuple(spans[member.number]))
        for member in book.members
        if member.number in spans
    )
    last = min(filters.last or book.as_of, book.as_of)
    earliest = min((each.spans[0][0] for each in presences), default=last)
    first = min(max(filters.first or earliest, earliest), last)
    return PopulationSet(book, filters, lives, presences, first, last)


def year_ends(first: date, last: date) -> list[date]:
    """Return the last day of each year of a window but the last year, and the very last day."""
    if first > last:
        return []
    return [*(date(year, 12, 31) for year in range(first.year, last.year)), last]


def _records(book: Book, stays: dict[str, list[Stay]]) -> Iterator[LifeRecord]:
    for member in book.members:
        yield LifeRecord(
            member.number,
            SEX_CODES[member.sex],
            _ordinal(member.birth),
            _ordinal(member.death),
            tuple((stay.start.toordinal(), _ordinal(stay.end)) for stay in stays[member.number]),
            member.sire,
            member.dam,
            member.origin,
            member.slack,
        )
    # Parents that an overlay brings in or leaves out: there is nothing to tell of them but that they were.
    yield from (LifeRecord(number) for number in sorted(_named(book) - book.by_number.keys()))


def _named(book: Book) -> set[str]:
    return {
        number for member in book.members for parent in (member.sire, member.dam) for number in _names(parent)
    }


def _names(parent: Parent) -> Iterable[str]:
    possible = parent if isinstance(parent, tuple) else ((parent, 1.0),)
    return [who for who, _ in possible if isinstance(who, str)]


def _spans(lives: Lives) -> dict[str, list[Span]]:
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for row, start, end in zip(lives.stays.row, lives.stays.start, lives.stays.end, strict=True):
        left = None if end == float("inf") else date.fromordinal(int(end))
        spans[lives.ids[row]].append((date.fromordinal(int(start)), left))
    return dict(spans)


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _moves(presence: Presence) -> Iterator[Move]:
    member = presence.member
    for start, end in presence.spans:
        yield Move(BIRTH if start == member.birth else ENTRY, start, member, _place(presence, start))
        if end is not None:
            yield Move(DEATH if end == member.death else EXIT, end, member, _place(presence, end))


def _place(presence: Presence, day: date) -> int | None:
    """Return where an animal was when it came or went on a day: of two stays that meet there, the one that it concerns."""
    here = [stay for stay in presence.stays if stay.start <= day and (stay.end is None or day <= stay.end)]
    return here[-1].place if here else presence.stays[0].place
