from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedigree import (
    UNKNOWN,
    WILD,
    NumericalError,
    Pedigree,
    Record,
    ancestral_inbreeding,
    inbreeding,
    kinship_matrix,
    purging_coefficient,
)
from tests.pedigree.strategies import SharedBook, pedigrees, shared_books
from tests.pedigree.test_worked import book
from tests.pedigree.traced import Traced


def full_sib_line(generations: int) -> list[Record]:
    line = [Record("0m"), Record("0f")]
    for n in range(1, generations + 1):
        line += [Record(f"{n}{sex}", f"{n - 1}m", f"{n - 1}f") for sex in "mf"]
    return line


@given(pedigrees(most=10))
def test_ancestral_inbreeding__equals_the_recursion(records: list[Record]) -> None:
    pedigree, twin = Pedigree.from_records(records), Traced(records)
    found = ancestral_inbreeding(pedigree, inbreeding(pedigree))
    assert found == pytest.approx([float(twin.ancestral(a)) for a in pedigree.ids], abs=1e-14)


def test_ancestral_inbreeding__of_repeated_full_sibs() -> None:
    # F is 0, 0, 1/4, 3/8 and 1 - Fa the product of 1 - F over the generations above.
    pedigree = Pedigree.from_records(full_sib_line(4))
    found = ancestral_inbreeding(pedigree, inbreeding(pedigree))
    assert found[pedigree.rows(["1m", "2m", "3m", "4m"])].tolist() == [0, 0, 1 / 4, 1 - 3 / 4 * 5 / 8]


def test_ancestral_inbreeding__is_that_of_ballous_example() -> None:
    pedigree = book("ballou_ancestral").pedigree
    found = ancestral_inbreeding(pedigree, inbreeding(pedigree))
    assert found[pedigree.rows("EGIJK")].tolist() == [0, 0, 1 / 8, 1 / 8, 1 / 8]


@given(pedigrees(most=9), st.sampled_from([0, 1, 2, 3, 4]))
def test_purging_coefficient__equals_the_recursion(records: list[Record], eighths: int) -> None:
    pedigree, twin = Pedigree.from_records(records), Traced(records)
    found = purging_coefficient(pedigree, inbreeding(pedigree), d=eighths / 8)
    expected = [float(twin.purged(animal, Fraction(eighths, 8))) for animal in pedigree.ids]
    assert found == pytest.approx(expected, abs=1e-14)


@given(shared_books(most=9))
def test_purging_coefficient__without_purging_is_inbreeding(book: SharedBook) -> None:
    pedigree = Pedigree.from_records(book.records, founder_kinship=book.founder_kinship)
    own = 2 * kinship_matrix(pedigree).diagonal() - 1
    assert purging_coefficient(pedigree, own, d=0) == pytest.approx(own, abs=1e-14)


@given(shared_books(most=9))
def test_purging_coefficient__falls_as_more_is_purged(book: SharedBook) -> None:
    pedigree = Pedigree.from_records(book.records, founder_kinship=book.founder_kinship)
    own = 2 * kinship_matrix(pedigree).diagonal() - 1
    weak, strong = (purging_coefficient(pedigree, own, d=d) for d in (0.1, 0.4))
    assert (strong <= weak + 1e-14).all()


def test_purging_coefficient__of_two_generations_of_full_sibs() -> None:
    # 2m and 2f: F = 1/4 and g = 1/4. Their offspring: (f(2m, 2f) after purging both) = 3/8 (1 - d/4)^2.
    pedigree = Pedigree.from_records(full_sib_line(3))
    found = purging_coefficient(pedigree, inbreeding(pedigree), d=0.4)
    assert found[pedigree.row("2m")] == 0.25
    assert found[pedigree.row("3m")] == pytest.approx(3 / 8 * 0.9**2, abs=1e-15)


@pytest.mark.parametrize("d", [-0.1, 0.6, float("nan")])
def test_purging_coefficient__refuses_another_d(d: float) -> None:
    pedigree = Pedigree.from_records(full_sib_line(1))
    with pytest.raises(ValueError, match="Give one from 0"):
        purging_coefficient(pedigree, np.zeros(4), d=d)


@settings(max_examples=30)
@given(pedigrees(most=12))
def test_purging_coefficient__is_that_of_identical_twins_alike(records: list[Record]) -> None:
    head = min(records, key=lambda record: record.id)
    twin = Record("twin", head.sire, head.dam, head.sex, twin_of=head.id)
    pedigree = Pedigree.from_records([*records, twin])
    found = purging_coefficient(pedigree, inbreeding(pedigree), d=0.3)
    assert found[pedigree.row("twin")] == found[pedigree.row(head.id)]


def test_ancestral_inbreeding__refuses_an_inbreeding_that_cannot_be() -> None:
    pedigree = Pedigree.from_records(full_sib_line(1))
    with pytest.raises(NumericalError, match="ancestral inbreeding"):
        ancestral_inbreeding(pedigree, np.array([3.0, 0.0, 0.0, 0.0]))


BACKCROSSES = [
    *(Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "3")),
    *(Record("5", "4", "2"), Record("6", "4", "5"), Record("7", "4", "6"), Record("8", "6", "7")),
]


@pytest.mark.parametrize("eighths", [1, 2, 4])
def test_purging_coefficient__of_backcrosses_to_an_inbred_animal_equals_the_recursion(eighths: int) -> None:
    pedigree, twin = Pedigree.from_records(BACKCROSSES), Traced(BACKCROSSES)
    found = purging_coefficient(pedigree, inbreeding(pedigree), d=eighths / 8)
    expected = [float(twin.purged(animal, Fraction(eighths, 8))) for animal in pedigree.ids]
    assert found == pytest.approx(expected, abs=1e-14)
    assert 0 < found[-1] < inbreeding(pedigree)[-1]


def test_purging_coefficient__of_a_founder_told_inbred_beside_litters_of_unknown_sires() -> None:
    unknown = (WILD, 0.5), (UNKNOWN, 0.5)
    litters = [Record(f"{n}{each}", unknown, WILD, litter=f"{n}") for n in "12" for each in "ab"]
    records = [*litters, Record("3"), Record("4"), Record("5", "3", "4"), Record("6", "5", "3")]
    pedigree = Pedigree.from_records(records, founder_kinship={("3", "3"): 0.75, ("4", "4"): 0.625})
    own = 2 * kinship_matrix(pedigree).diagonal() - 1
    assert own[pedigree.rows("34")].tolist() == [0.5, 0.25]
    assert purging_coefficient(pedigree, own, d=0) == pytest.approx(own, abs=1e-15)


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ([0, 0, 0, 0], "purged inbreeding coefficient less the inbreeding coefficient"),
        ([0, 0, 3, 0], "lowest purged inbreeding coefficient came out"),
    ],
)
def test_purging_coefficient__refuses_an_inbreeding_that_cannot_be(given: list[float], refused: str) -> None:
    pedigree = Pedigree.from_records(BACKCROSSES[:4])
    with pytest.raises(NumericalError, match=refused):
        purging_coefficient(pedigree, np.array(given, dtype=np.float64), d=0.5)
