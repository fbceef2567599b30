"""Sets through time: who of a book was in the population asked about, and since when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from studbook.population.demography.book import Book, Member
from studbook.population.demography.filters import Filters
from studbook.population.stays import Stay

BIRTH, DEATH, ENTRY, EXIT = "birth", "death", "entry", "exit"
Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Presence:
    """An animal that was ever in: the stays that count, and the same joined where it only moved within the set."""

    member: Member
    stays: tuple[Stay, ...]
    spans: tuple[Span, ...]

    def at(self, day: date) -> Stay | None:
        """Return the stay of a day; who dies or leaves on a day is not counted on it, who comes is."""
        return next((stay for stay in self.stays if _lasts(stay.start, stay.end, day)), None)

    @property
    def born_in(self) -> bool:
        """Whether it was born into the set, rather than brought there."""
        return bool(self.spans) and self.spans[0][0] == self.member.birth


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody's coming or going: a birth, a death, an entry (import) or an exit (export), and where."""

    kind: str
    on: date
    member: Member
    place: int | None


@dataclass(frozen=True, slots=True)
class PopulationSet:
    """The animals that pass the filters, with their times in it; `first` and `last` are the window in fact."""

    book: Book
    filters: Filters
    presences: tuple[Presence, ...]
    first: date
    last: date

    @property
    def empty(self) -> bool:
        return not self.presences

    def on(self, day: date) -> list[tuple[Presence, Stay]]:
        """Return who was in on a day, and the stay it was in by."""
        return [(each, stay) for each in self.presences if (stay := each.at(day)) is not None]

    def moves(self) -> Iterator[Move]:
        """Yield every coming and going within the window."""
        for presence in self.presences:
            yield from (move for move in _moves(presence) if self.first <= move.on <= self.last)


def set_of(book: Book, filters: Filters) -> PopulationSet:
    """Return the animals of a book that pass the filters; no query."""
    presences = tuple(
        Presence(member, tuple(stays), tuple(joined(stays)))
        for member in book.members
        if filters.takes(member) and (stays := filters.stays(member, book))
    )
    last = min(filters.last or book.as_of, book.as_of)
    earliest = min((each.spans[0][0] for each in presences), default=last)
    return PopulationSet(book, filters, presences, max(filters.first or earliest, earliest), last)


def joined(stays: Iterable[Stay]) -> Iterator[Span]:
    """Yield the times in which some stay lasts; a stay that begins on the day another ends goes on with it."""
    start: date | None = None
    end: date | None = None
    for stay in stays:
        if start is None:
            start, end = stay.start, stay.end
        elif end is None or stay.start <= end:
            end = None if end is None or stay.end is None else max(end, stay.end)
        else:
            yield start, end
            start, end = stay.start, stay.end
    if start is not None:
        yield start, end


def year_ends(first: date, last: date) -> list[date]:
    """Return the last day of each year of a window, and its very last day."""
    ends = [date(year, 12, 31) for year in range(first.year, last.year)] if first <= last else []
    return [*ends, last] if first <= last else []


def _moves(presence: Presence) -> Iterator[Move]:
    member, stays = presence.member, presence.stays
    for start, end in presence.spans:
        came = next(stay for stay in stays if stay.start == start)
        yield Move(BIRTH if start == member.birth else ENTRY, start, member, came.place)
        if end is not None:
            left = next(stay for stay in reversed(stays) if stay.end == end)
            yield Move(DEATH if end == member.death else EXIT, end, member, left.place)


def _lasts(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or day < end)
