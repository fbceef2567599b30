"""A problem as bytes: all that its answer depends on, so that a worker needs no book."""

import io
import json
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from pedigree.planning import GroupLimit, PlanProblem
from pedigree.structure import Pedigree, Record
from pedigree.whatif import Population
from studbook.planning.optimal.building import Built
from studbook.planning.optimal.candidates import Candidate

MODEL: Final = 2
PLAIN: Final = (
    "wanted",
    "litter",
    "at_most",
    "per_pair",
    "per_sire",
    "per_dam",
    "per_animal",
    "inbreeding_limit",
    "chance",
    "distance_km",
    "km_most",
    "cost_per_km",
    "moves",
    "moves_most",
    "required",
    "forbidden",
)
COLUMNS: Final = ("chance", "distance_km", "moves", "required", "forbidden")


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a worker is given: the problem, a row of each pair for the pages, the coordinator's own litters by place."""

    problem: PlanProblem
    rows: list[dict[str, Any]]
    own: dict[int, int]


class OtherModelError(ValueError):
    """The bytes are of another version of the software."""


def to_bytes(built: Built) -> bytes:
    """Return a problem as bytes; the kinships and sums are kept to the last bit."""
    problem, population = built.problem, built.problem.population
    needed = population.living.copy()
    for animal in {*problem.sires, *problem.dams}:
        needed[population.row(animal)] = True
    rows = np.flatnonzero(needed)
    told = {
        "model": MODEL,
        "ids": [population.ids[row] for row in rows],
        "sex": population.sex[rows].tolist(),
        "living": population.living[rows].tolist(),
        "sires": problem.sires,
        "dams": problem.dams,
        "groups": [
            [group.name, group.pairs, group.most, group.weights, group.once] for group in problem.groups
        ],
        "rows": [_row(each) for each in built.candidates],
        "own": list(built.own.items()),
        **{name: getattr(problem, name) for name in PLAIN},
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, told=json.dumps(told), kinship=population.kinship_among(rows))
    return buffer.getvalue()


def from_bytes(data: bytes) -> Asked:
    """Return what `to_bytes` wrote."""
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        told, kinship = json.loads(str(kept["told"])), kept["kinship"]
    if told["model"] != MODEL:
        raise OtherModelError("What was kept of this problem is of another version. Solve it again.")
    values = {name: told[name] for name in PLAIN}
    values |= {name: tuple(values[name]) for name in COLUMNS if values[name] is not None}
    problem = PlanProblem(
        population=_population(told, kinship),
        sires=tuple(told["sires"]),
        dams=tuple(told["dams"]),
        groups=tuple(
            # A problem kept before pairs were counted has no numbers of them.
            GroupLimit(name, tuple(pairs), most, *(None if each is None else tuple(each) for each in weights))
            for name, pairs, most, *weights in told["groups"]
        ),
        **values,
    )
    return Asked(problem, told["rows"], dict(told["own"]))


def _population(told: dict[str, Any], kinship: Any) -> Population:
    # The kinships are given, so that nobody's parents are needed: founders bear them as well.
    given = [Record(number, sex=sex) for number, sex in zip(told["ids"], told["sex"], strict=True)]
    pedigree = Pedigree.from_records(given)
    place = {number: at for at, number in enumerate(told["ids"])}
    order = np.array([place[number] for number in pedigree.ids], dtype=np.intp)
    living = np.array(told["living"], dtype=np.bool_)[order]
    return Population.of(pedigree, kinship[np.ix_(order, order)], living)


def _row(candidate: Candidate) -> dict[str, Any]:
    numbers, mover = candidate.row.numbers, candidate.mover
    leaves = {"sire": candidate.row.sire.holder, "dam": candidate.row.dam.holder}.get(mover)
    return {
        "sire": numbers.sire,
        "dam": numbers.dam,
        "f": numbers.f_offspring,
        "mk_sire": numbers.mk_sire,
        "mk_dam": numbers.mk_dam,
        "delta_gd": numbers.delta_gd,
        "rank": candidate.row.rank,
        "mover": mover,
        "km": candidate.row.distance_km if mover else 0.0,
        "doses": candidate.doses,
        "place": candidate.place.pk if candidate.place else None,
        "place_name": str(candidate.place or ""),
        "from_name": str(leaves or ""),
    }
