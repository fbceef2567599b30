from hypothesis import given

from pedigree import Pedigree, Record, inbreeding, kinship_matrix
from tests.pedigree.strategies import pedigrees


@given(pedigrees(40, uncertain=False))
def test_inbreeding__has_the_bits_of_the_kinship_of_the_parents(records: list[Record]) -> None:
    pedigree = Pedigree.from_records(records)
    kinship = kinship_matrix(pedigree)
    parents = zip(pedigree.sire, pedigree.dam, strict=True)
    expected = [kinship[sire, dam] if sire >= 0 and dam >= 0 else 0 for sire, dam in parents]
    assert inbreeding(pedigree).tolist() == expected


def test_inbreeding__of_a_founder_is_what_was_given() -> None:
    records = [Record("1"), Record("2"), Record("3", "1", "2")]
    pedigree = Pedigree.from_records(records, founder_kinship={("1", "1"): 0.625, ("1", "2"): 0.25})
    assert inbreeding(pedigree).tolist() == [0.25, 0, 0.25]


def test_inbreeding__of_identical_twins_is_the_same() -> None:
    family = [
        Record("1", sex=1),
        Record("2", sex=2),
        Record("3", "1", "2", sex=1),
        Record("4", "1", "2", sex=2),
    ]
    twins = [Record("5", "3", "4", sex=1), Record("6", "3", "4", sex=1, twin_of="5")]
    assert inbreeding(Pedigree.from_records([*family, *twins])).tolist() == [0, 0, 0, 0, 0.25, 0.25]


def test_inbreeding__of_nobody() -> None:
    assert inbreeding(Pedigree.from_records([])).shape == (0,)
