"""Dead donors as sires of a plan: their straws limit what it gives them, and a plan with them keeps no less."""

import pytest

from pedigree import PlanProblem, Population, kinship_matrix, solve_plan
from tests.pedigree import lacy


def _problem(straws: int | None, sires: str = "AC") -> PlanProblem:
    """Return four litters of C, who lives, and of the founder A, who is dead, with F and G."""
    book = lacy.t1()
    population = Population.of(book, kinship_matrix(book), book.mask(lacy.LIVING))
    pairs = [(sire, dam) for sire in sires for dam in "FG"]
    return PlanProblem(
        population,
        tuple(sire for sire, _ in pairs),
        tuple(dam for _, dam in pairs),
        wanted=4,
        per_pair=4,
        per_animal={} if straws is None else {"A": straws},
    )


def _litters_of(problem: PlanProblem, animal: str) -> int:
    litters = solve_plan(problem).litters
    return sum(count for sire, count in zip(problem.sires, litters, strict=True) if sire == animal)


def test_solve_plan__gives_a_dead_donor_no_more_litters_than_his_straws() -> None:
    free = _litters_of(_problem(None), "A")
    assert free >= 2
    assert [_litters_of(_problem(straws), "A") for straws in range(free + 2)] == [*range(free + 1), free]


@pytest.mark.parametrize("straws", [0, 1, 2, 4])
def test_solve_plan__keeps_no_less_with_a_donor_than_without(straws: int) -> None:
    without, with_bank = solve_plan(_problem(None, sires="C")), solve_plan(_problem(straws))
    assert with_bank.gene_diversity >= without.gene_diversity - 1e-12
    assert (with_bank.gene_diversity > without.gene_diversity + 1e-6) == (straws > 0)


def test_solve_plan__counts_no_donor_among_the_living() -> None:
    problem = _problem(4)
    assert problem.population.figures.living == 4
