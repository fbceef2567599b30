"""The limits of a question that hold for groups of pairs: institutions, lineages, regions."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pedigree.planning import GroupLimit
from studbook.institutions.models import Institution
from studbook.planning.optimal.candidates import Candidate
from studbook.planning.optimal.question import WITHOUT_REGION, Question
from studbook.planning.optimal.room import Room
from studbook.population.breeders import Breeder
from studbook.population.genetics.lineage_caps import Caps


def groups_of(
    question: Question,
    candidates: Sequence[Candidate],
    room: Room,
    caps: Caps,
) -> tuple[GroupLimit, ...]:
    """Return the limits of a question, each under the name that the pages tell it by."""
    return (
        *_of_places(candidates, room),
        *_of_lineages(candidates, caps),
        *_of_regions(question, candidates),
        *_of_doses(question, candidates),
    )


def _of_places(candidates: Sequence[Candidate], room: Room) -> Iterator[GroupLimit]:
    at: dict[Institution, list[int]] = defaultdict(list)
    for number, each in enumerate(candidates):
        if each.place is not None:
            at[each.place].append(number)
    for place in sorted(at, key=str):
        pairs = tuple(at[place])
        if place.pk in room.free:
            # A litter takes room for its young; who of the two comes from elsewhere comes once for all of them.
            young = (float(room.litter),) * len(pairs)
            arriving = tuple(float(candidates[number].moves) for number in pairs)
            yield GroupLimit(f"spaces at {place}", pairs, room.free[place.pk], young, arriving)
        if place.pk in room.pairs:
            of_litter, of_pair = (0.0,) * len(pairs), (1.0,) * len(pairs)
            yield GroupLimit(f"breeding pairs at {place}", pairs, room.pairs[place.pk], of_litter, of_pair)


def _of_lineages(candidates: Sequence[Candidate], caps: Caps) -> Iterator[GroupLimit]:
    for lineage, _ in caps.shares:
        # Young above the cap have a parent above it, so the parents are enough.
        over = caps.above(lineage)
        above = [at for at, each in enumerate(candidates) if not over.isdisjoint(each.numbers)]
        if above:
            yield GroupLimit(f"cap on {lineage}", tuple(above), 0)


def _of_regions(question: Question, candidates: Sequence[Candidate]) -> Iterator[GroupLimit]:
    for one, other in question.barred_regions:
        barred = {frozenset((one, other))}
        pairs = [number for number, each in enumerate(candidates) if _regions(each) in barred]
        if pairs:
            yield GroupLimit(f"no exchange between {one} and {other}", tuple(pairs), 0)


def _of_doses(question: Question, candidates: Sequence[Candidate]) -> Iterator[GroupLimit]:
    pairs: dict[Breeder, list[int]] = defaultdict(list)
    for number, each in enumerate(candidates):
        if each.doses is not None:
            pairs[each.row.sire].append(number)
    for sire, of_sire in pairs.items():
        doses = sire.doses or 0
        if doses < question.litters:
            yield GroupLimit(f"doses of {sire.animal} in store: {doses}", tuple(of_sire), doses)


def _regions(candidate: Candidate) -> frozenset[str]:
    if candidate.doses is not None:
        return frozenset()
    holders = candidate.row.sire.holder, candidate.row.dam.holder
    return frozenset(holder.region or WITHOUT_REGION for holder in holders if holder is not None)
