"""Which pairs the solver may choose from, where each would live, and who would move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.planning.optimal.question import TO_DAM, PairOfNumbers, Question
from studbook.planning.optimal.room import Room
from studbook.population.analysis import Analysis
from studbook.population.bank.sires import Stored, with_stored
from studbook.population.breeders import BARRED, Breeder, Limits, age_mark, breeder
from studbook.population.pairs import PairRow, pair_list
from studbook.programmes.models import Programme

SIRE, DAM = "sire", "dam"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair, the place it would live at (None: not known), and which of the two would move there, "" for neither."""

    row: PairRow
    place: Institution | None
    mover: str

    @property
    def numbers(self) -> PairOfNumbers:
        return self.row.sire.number, self.row.dam.number

    @property
    def doses(self) -> int | None:
        """Those in store of a sire who is dead or outside the ages: his semen comes to the dam, and nobody moves; None for others."""
        return self.row.sire.doses

    @property
    def moves(self) -> bool:
        return bool(self.mover)

    @property
    def km(self) -> float:
        """The way of who moves; 0 where a place is not known."""
        return (self.row.distance_km or 0.0) if self.mover else 0.0


def candidates_of(
    programme: Programme,
    analysis: Analysis,
    question: Question,
    breeders: dict[str, Breeder],
    room: Room,
    named: Iterable[PairOfNumbers],
    stored: Stored,
) -> list[Candidate]:
    """Return every pair within the ages asked for whose two can breed, those with sires in store, and those that are named; no query."""
    known = set(analysis.population.ids)
    breeders = {
        number: breeder(
            each.animal,
            each.holder,
            _limits(question, analysis.sex_of(number)),
            programme.as_of,
            each.standing,
        )
        for number, each in breeders.items()
        if number in known
    }
    # Whoever lives within the ages breeds himself; the bank gives the others.
    grown = {number for number, each in breeders.items() if each.breedable and each.bar is None}
    breeders = with_stored(
        breeders, {number: each for number, each in stored.items() if number in known - grown}
    )
    named = set(named)
    able = {
        number for number, each in breeders.items() if each.breedable and (each.bar is None or each.doses)
    }
    wanted = able | {number for pair in named for number in pair}
    mask = np.array(
        [number in wanted and number in breeders for number in analysis.population.ids], dtype=np.bool_
    )
    pairs = pair_list(programme, analysis, breeders, mask)
    found = []
    for row in pairs:
        numbers = row.sire.number, row.dam.number
        if able.issuperset(numbers) or numbers in named:
            found.append(_placed(row, question, room))
    return found


def left_out(
    breeders: Mapping[str, Breeder], candidates: Iterable[Candidate], question: Question
) -> list[str]:
    """Return whom the solver may not choose although the ages asked for allow it, each with the reason."""
    taken = {number for each in candidates for number in each.numbers}
    found = []
    for number, each in breeders.items():
        if each.bar is None or number in taken:
            continue
        limits = _limits(question, Animal.Sex(each.animal.sex))
        if age_mark(each.age, limits) not in BARRED:
            found.append(f"{each.animal}, {each.bar.sentence}")
    return sorted(found)


def refuse_unknown(candidates: Iterable[Candidate], named: Iterable[PairOfNumbers], *, field: str) -> None:
    """Refuse a pair that is named and is no pair of a living male and a living female."""
    there = {each.numbers for each in candidates}
    for sire, dam in named:
        if (sire, dam) not in there:
            raise StudbookError(
                f"{sire} × {dam} is no pair of a living male and a living female of this book. "
                "Write the male first, or take the pair out.",
                field=field,
            )


def _limits(question: Question, sex: Animal.Sex) -> Limits:
    if sex == Animal.Sex.MALE:
        return Limits(question.male_first, question.male_last)
    return Limits(question.female_first, question.female_last)


def _placed(row: PairRow, question: Question, room: Room) -> Candidate:
    at_sire, at_dam = row.sire.holder, row.dam.holder
    if row.sire.doses or row.same_place:
        return Candidate(row, at_dam, "")
    first, second = (at_dam, at_sire) if question.moves_to == TO_DAM else (at_sire, at_dam)
    takes, other = (SIRE, DAM) if question.moves_to == TO_DAM else (DAM, SIRE)
    # Where the usual place cannot take the pair, the other one may.
    if first is None or (second is not None and not room.takes(first) and room.takes(second)):
        first, takes = second, other
    return Candidate(row, first, takes)
