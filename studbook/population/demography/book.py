"""The lives of a whole book as demography needs them: who, since when, until when, where, of which parents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pedigree.structure import Parent, Pedigree
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.population.basis import Basis, Key, analysis_on
from studbook.population.cache import Kept
from studbook.population.codes import SEX_WORDS
from studbook.population.demography.wild_spans import wild_spans_on
from studbook.population.stays import Stay, excluded_on, held_on, unconfirmed_on

MOST_KEPT = 4


@dataclass(frozen=True, slots=True)
class Member:
    """An animal of the book, every date reduced to a day.

    `held` are its stays with holders, `outside` the times it was known to be in the wild: before its capture when it is
    wild-born, and after a release. `slack` is how many days the birth may lie before or after its day.
    """

    number: str
    sex: Animal.Sex
    origin: str
    birth: date | None
    death: date | None
    slack: int
    sire: Parent
    dam: Parent
    held: tuple[Stay, ...]
    outside: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """Everybody of a book but those a basis leaves out, and the places of their stays.

    `without_holder` have no holder on record, so birth and death stand for one; `uncaught` are wild-born ones among
    them, which nothing shows to have ever been in human care; `undated` have no date at all and never count.
    """

    members: tuple[Member, ...]
    places: Mapping[int, Institution]
    as_of: date
    without_holder: tuple[str, ...] = ()
    uncaught: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    by_number: Mapping[str, Member] = field(default_factory=dict)


# Open stays end with the day the book is current to, else today.
_kept: Kept[tuple[Key, date], Book] = Kept(MOST_KEPT, edition=lambda key: key[0][:2])


def book_on(basis: Basis) -> Book:
    """Return the lives on a basis; four queries where they are not kept yet, one or two more under overlays or without provisional entries.

    Raises NoFiguresError with a sentence where the book is no pedigree.
    """
    analysis_on(basis)
    return _kept.get((basis.key, basis.programme.as_of), lambda: _read(basis))


def _read(basis: Basis) -> Book:
    pedigree, excluded, unconfirmed = analysis_on(basis).pedigree, excluded_on(basis), unconfirmed_on(basis)
    excluded |= unconfirmed.arrived
    held, outside = held_on(basis, unconfirmed), wild_spans_on(basis)
    # The book may have moved on since the analysis: whoever is new to it waits for the next one.
    rows = {number: row for row, number in enumerate(pedigree.ids)}
    members = [
        _member(told, row, pedigree, held.get(told.number, []), outside.get(told.number, []))
        for told in _told(basis, unconfirmed.left)
        if (row := rows.get(told.number)) is not None and told.number not in excluded
    ]
    places = {stay.place for member in members for stay in (*member.held, *member.outside) if stay.place}
    return Book(
        members=tuple(members),
        places=Institution.objects.in_bulk(places),
        as_of=basis.programme.as_of,
        without_holder=tuple(each.number for each in members if _unplaced(each)),
        uncaught=tuple(
            each.number for each in members if not each.held and each.origin == Animal.BirthType.WILD
        ),
        undated=tuple(each.number for each in members if not (each.held or each.outside)),
        by_number={each.number: each for each in members},
    )


@dataclass(frozen=True, slots=True)
class _Told:
    number: str
    origin: str
    living: bool
    birth: DateInterval | None
    death: DateInterval | None


def _told(basis: Basis, reopened: frozenset[str]) -> list[_Told]:
    columns = ("birth_earliest", "birth_latest", "death_earliest", "death_latest")
    rows = basis.programme.animals.values_list("studbook_number", "birth_type", "status", *columns)
    return [
        _Told(
            number,
            origin,
            status == Animal.Status.LIVING or number in reopened,
            _interval(*dates[:2]),
            None if number in reopened else _interval(*dates[2:]),
        )
        for number, origin, status, *dates in rows
    ]


def _interval(earliest: date | None, latest: date | None) -> DateInterval | None:
    return DateInterval(earliest, latest) if earliest and latest else None


def _member(told: _Told, row: int, pedigree: Pedigree, held: list[Stay], outside: list[Stay]) -> Member:
    wild = told.origin == Animal.BirthType.WILD
    birth = _day(told.birth, held[0].start if held and not wild else None)
    death = _day(told.death, held[-1].end if held else None)
    if not held:
        held, outside = _whole_life(told, birth, death, outside, wild=wild)
    elif wild and birth and birth < held[0].start:
        outside = [Stay(birth, held[0].start), *outside]
    return Member(
        told.number,
        SEX_WORDS[int(pedigree.sex[row])],
        told.origin,
        birth,
        death,
        slack=_slack(told.birth, birth),
        sire=_parent(pedigree, row, "sire"),
        dam=_parent(pedigree, row, "dam"),
        held=tuple(held),
        outside=tuple(outside),
    )


def _day(interval: DateInterval | None, seen: date | None) -> date | None:
    """Return the day that stands for a date: the one the stays were drawn with where it may be the day, else the middle."""
    if interval is None:
        return None
    return seen if seen and interval.earliest <= seen <= interval.latest else interval.middle


def _slack(interval: DateInterval | None, day: date | None) -> int:
    if interval is None or day is None:
        return 0
    return max((interval.latest - day).days, (day - interval.earliest).days)


def _whole_life(
    told: _Told, birth: date | None, death: date | None, outside: list[Stay], *, wild: bool
) -> tuple[list[Stay], list[Stay]]:
    start = birth or death
    if start is None:
        return [], outside
    left = outside[0].start if outside else None
    end = None if told.living else max(start, death or left or start)
    life = Stay(start, end)
    return ([], [life]) if wild else ([life], outside)


def _unplaced(member: Member) -> bool:
    return any(stay.place is None for stay in member.held)


def _parent(pedigree: Pedigree, row: int, role: str) -> Parent:
    possible = tuple(
        (pedigree.ids[parent] if parent >= 0 else parent, share)
        for parent, share in pedigree.possible(row, role)
    )
    return possible[0][0] if len(possible) == 1 else possible
