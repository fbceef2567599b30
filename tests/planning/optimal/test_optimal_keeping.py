"""What is kept of a problem for a worker is all that its answer depends on."""

import io
import json

import numpy as np

from pedigree.planning import plan_value
from studbook.institutions.models import Participation
from studbook.planning.optimal.building import built
from studbook.planning.optimal.keeping import from_bytes, to_bytes
from studbook.population.analysis import analysis_of
from tests.planning.conftest import SmallBook
from tests.planning.optimal.conftest import question


def test_bytes__keep_a_problem_to_the_last_bit(book: SmallBook) -> None:
    Participation.objects.filter(institution=book.other_zoo).update(spaces=3)
    told = built(book.programme, question(per_male=None, named=(("21", 1),), km_most=900.0, moves_most=1))
    read = from_bytes(to_bytes(told))
    litters = (1, 0) * 3
    assert plan_value(read.problem, litters) == plan_value(told.problem, litters)
    assert plan_value(told.problem, (0,) * 6) == analysis_of(book.programme).summary.gene_diversity  # type: ignore[union-attr]
    assert [read.problem.pair_name(place) for place in range(6)] == [
        told.problem.pair_name(place) for place in range(6)
    ]
    for name in (
        "wanted",
        "per_sire",
        "per_animal",
        "groups",
        "moves",
        "distance_km",
        "km_most",
        "required",
        "chance",
    ):
        assert getattr(read.problem, name) == getattr(told.problem, name), name
    assert np.array_equal(
        sorted(read.problem.population.kinship_sums[read.problem.population.living]),
        sorted(told.problem.population.kinship_sums[told.problem.population.living]),
    )


def test_from_bytes__reads_a_problem_kept_before_pairs_were_counted(book: SmallBook) -> None:
    Participation.objects.filter(institution=book.other_zoo).update(spaces=3)
    with np.load(io.BytesIO(to_bytes(built(book.programme, question())))) as kept:
        told, kinship = json.loads(str(kept["told"])), kept["kinship"]
    told["groups"] = [[*group[:3], [2.0] * len(group[1])] for group in told["groups"]]
    buffer = io.BytesIO()
    np.savez_compressed(buffer, told=json.dumps(told), kinship=kinship)
    (spaces,) = from_bytes(buffer.getvalue()).problem.groups
    assert (spaces.name, spaces.weights, spaces.once) == ("spaces at Zoo B", (2.0, 2.0), None)
