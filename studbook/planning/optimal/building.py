"""From a question and the book as it stands to a problem for the solver, with all that its answer is told by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pedigree.errors import PlanError
from pedigree.planning import PlanProblem
from pedigree.whatif import Population
from studbook.core.errors import StudbookError
from studbook.planning.optimal import question as question_of
from studbook.planning.optimal.candidates import Candidate, candidates_of, left_out, refuse_unknown
from studbook.planning.optimal.chances import chances_of
from studbook.planning.optimal.chosen import litters_chosen
from studbook.planning.optimal.groups import groups_of
from studbook.planning.optimal.question import PairOfNumbers, Question
from studbook.planning.optimal.room import room_of
from studbook.population.analysis import Analysis, NoFiguresError
from studbook.population.bank.sires import stored_in, stored_sires
from studbook.population.basis import Basis, analysis_on, overlays_named
from studbook.population.breeders import breeders_of
from studbook.population.genetics.lineage_caps import Caps, caps_of
from studbook.population.wider import analysis_with
from studbook.programmes.models import Programme
from studbook.reproduction.bank.queries import FOR_USE
from studbook.reproduction.models import Sample

KM_OF_PRICE = 1000
ACCOUNTS = {question_of.CHECKING: {Sample.Account.CHECKING}, question_of.FOR_USE: FOR_USE}
MOST_OVERLAYS = 8
MOST_PAIRS = 60_000


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """A problem, its pairs as the pages tell them, the coordinator's own litters by place, and what was taken for granted."""

    problem: PlanProblem
    candidates: Sequence[Candidate]
    own: Mapping[int, int]
    basis: Basis
    notes: tuple[str, ...]


def built(programme: Programme, question: Question) -> Built:
    """Return the problem of a question on the book as it stands; refuses what cannot be, in a sentence at its field."""
    basis = Basis(
        programme, overlays_named(programme, [str(key) for key in question.overlays], most=MOST_OVERLAYS)
    )
    stored = stored_sires(programme, accounts=ACCOUNTS[question.bank]) if question.bank else {}
    stored = stored_in(analysis_on(basis), stored) if stored else stored
    analysis = analysis_with(basis, stored)
    if analysis.summary is None:
        raise NoFiguresError(analysis.reason)
    breeders = breeders_of(programme, analysis.sex_of_animal)
    _refuse_strangers(question, {**breeders, **stored})
    chosen, room = litters_chosen(programme), room_of(programme, question)
    named = {*question.required, *question.forbidden, *chosen}
    candidates = candidates_of(programme, analysis, question, breeders, room, named, stored)
    if not candidates:
        raise StudbookError(
            "No pair of a living male and a living female is within these ages. Widen them.", field="litters"
        )
    if len(candidates) > MOST_PAIRS:
        raise StudbookError(
            f"{len(candidates):,} pairs are within these ages, more than the {MOST_PAIRS:,} that can be weighed at once. "
            "Narrow the ages.",
            field="male_first",
        )
    place = {each.numbers: number for number, each in enumerate(candidates)}
    refuse_unknown(candidates, question.required, field="required")
    refuse_unknown(candidates, question.forbidden, field="forbidden")
    own = {place[pair]: litters for pair, litters in chosen.items() if pair in place}
    fixed = {place[pair] for pair in question.required} | (set(own) if question.keep_chosen else set())
    problem = _problem(programme, question, analysis, candidates, sorted(fixed), room)
    notes = _notes(question, candidates, chosen, place)
    if barred := left_out(breeders, candidates, question):
        notes.append(f"Left out, for they cannot breed today: {'; '.join(barred)}.")
    return Built(problem, candidates, own, basis, tuple(notes))


def _problem(
    programme: Programme,
    question: Question,
    analysis: Analysis,
    candidates: Sequence[Candidate],
    fixed: Sequence[int],
    room: Any,
) -> PlanProblem:
    sires, dams = zip(*(each.numbers for each in candidates), strict=True)
    caps = caps_of(programme, analysis) if question.lineage_caps else Caps({})
    barred = {*question.forbidden}
    try:
        return PlanProblem(
            population=Population.of(analysis.population, analysis.kinship, analysis.measured),
            sires=sires,
            dams=dams,
            wanted=question.litters,
            litter=question.young,
            at_most=question.at_most,
            per_pair=question.per_pair,
            per_sire=question.per_male,
            per_dam=question.per_female,
            per_animal={number: most for number, most in question.named if number in {*sires, *dams}},
            inbreeding_limit=question.inbreeding_limit,
            groups=groups_of(question, candidates, room, caps),
            chance=chances_of(programme, candidates) if question.use_chance else None,
            distance_km=tuple(each.km for each in candidates),
            km_most=question.km_most,
            cost_per_km=question.price / KM_OF_PRICE,
            moves=tuple(each.moves for each in candidates),
            moves_most=question.moves_most,
            required=tuple(fixed),
            forbidden=tuple(at for at, each in enumerate(candidates) if each.numbers in barred),
        )
    except PlanError as refusal:
        raise StudbookError(str(refusal), field=_field_of(str(refusal))) from refusal


def _field_of(sentence: str) -> str | None:
    if "required and forbidden" in sentence:
        return "forbidden"
    return None


def _refuse_strangers(question: Question, breeders: Mapping[str, object]) -> None:
    for number, _ in question.named:
        if number not in breeders:
            raise StudbookError(
                f"{number} is no living male or female of this book. Correct the number, or take the line out.",
                field="named",
            )


def _notes(
    question: Question,
    candidates: Sequence[Candidate],
    chosen: Mapping[PairOfNumbers, int],
    place: Mapping[PairOfNumbers, int],
) -> list[str]:
    notes = []
    lost = [f"{sire} × {dam}" for sire, dam in chosen if (sire, dam) not in place]
    if lost:
        notes.append(
            f"Chosen already, but not of living animals by this basis, so left out: {', '.join(lost)}."
        )
    nowhere = {
        side.number
        for each in candidates
        for side in ((each.row.dam,) if each.doses else (each.row.sire, each.row.dam))
        if side.holder is None
    }
    if nowhere:
        notes.append(
            f"The place of {', '.join(sorted(nowhere))} is not known: a pair of one counts as a transfer of 0 km."
        )
    far = sum(each.moves and each.row.distance_km is None for each in candidates)
    if far and not nowhere:
        notes.append(f"Of {far} pairs the distance is not known; it counts as 0 km.")
    if not (question.spaces or question.adult_pairs):
        notes.append("Spaces and breeding pairs of the institutions are left out.")
    return notes
