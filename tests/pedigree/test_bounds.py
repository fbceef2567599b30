"""A formula that is wrong gives an error, not a number."""

import numpy as np
import pytest
from hypothesis import given

from pedigree import (
    NumericalError,
    Pedigree,
    Record,
    ancestry,
    effective_ancestors,
    founder_genome_equivalents,
    gene_diversity,
    kinship_matrix,
    partial,
    partial_inbreeding,
    summarise,
    summary,
)
from pedigree._bounds import EXAMINED, check_completeness, check_gene_drop, check_kinship, check_self_kinship
from tests.pedigree import lacy
from tests.pedigree.strategies import SharedBook, shared_books

PRINTED = {
    "siamang 2017": (22.50, None, "97.78"),
    "Cape vulture": (3.24, 84.55, "84.55"),
    "Mexican wolf": (2.95, 83.07, "83.07"),
    "snow leopard": (9.80, 94.9, "94.90"),
    "Amur leopard 2013": (4.55, 89, "89.00"),
    "Amur leopard 2018": (5.56, 91, "91.00"),
}


@pytest.mark.parametrize("plan", PRINTED)
def test_gene_diversity__and_founder_genome_equivalents_are_printed_together(plan: str) -> None:
    equivalents, percent, diversity = PRINTED[plan]
    mean = 1 / (2 * equivalents) if percent is None else 1 - percent / 100
    pair, both = np.full((2, 2), mean), np.array([True, True])
    assert f"{100 * gene_diversity(pair, both):.2f}" == diversity
    assert f"{founder_genome_equivalents(pair, both):.2f}" == f"{equivalents:.2f}"


def _figures() -> None:
    pedigree = lacy.t4()
    summarise(pedigree, pedigree.mask("CDFGJ"))


BROKEN = {
    "mean kinship halved": ("population_mean_kinship", lambda kinship, living: 0.05),
    "mean kinship without a mean": ("population_mean_kinship", lambda kinship, living: kinship.sum()),
    "founder equivalents not squared": ("founder_equivalents", lambda p: 1 / p.sum()),
    "founder equivalents without their inverse": ("founder_equivalents", lambda p: (p**2).sum()),
    "founder genome equivalents doubled": ("founder_genome_equivalents", lambda k, living: 2 / k.mean()),
    "contributions as copies": ("founder_contributions", lambda *_, **__: np.array([1.5, 1.5, 1.0])),
    "contributions of one half": ("founder_contributions", lambda *_, **__: np.array([0.25, 0.25])),
    "known fraction of both parents added": ("known_fraction", lambda pedigree: np.full(len(pedigree), 2.0)),
    "certain fraction above the known": ("certain_fraction", lambda pedigree: np.full(len(pedigree), 0.95)),
    "relationship in place of kinship": ("kinship_matrix", lambda p: 2 * kinship_matrix(p)),
    "self-kinship of 1/2 forgotten": ("kinship_matrix", lambda p: kinship_matrix(p) - np.eye(len(p)) / 4),
    "kinship one-sided": ("kinship_matrix", lambda p: np.tril(kinship_matrix(p))),
    "kinship of strangers": (
        "kinship_matrix",
        lambda p: np.maximum(kinship_matrix(p), 0.4 * _lopsided(len(p))),
    ),
    "mean kinship of an animal as a sum": ("mean_kinship", lambda k, living: k[:, living].sum(axis=1)),
    "all the living as breeders": (
        "effective_size_by_breeders",
        lambda males, females: 4 * (males + females),
    ),
}


def _lopsided(size: int) -> np.ndarray:
    shape = np.zeros((size, size))
    shape[0, 1:] = shape[1:, 0] = 1
    return shape


@pytest.mark.parametrize("mistake", BROKEN)
def test_summarise__shows_no_figure_of_a_wrong_formula(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _figures()
    name, wrong = BROKEN[mistake]
    monkeypatch.setattr(summary, name, wrong)
    with pytest.raises(NumericalError, match="no figure is shown"):
        _figures()


def test_summarise__takes_no_kinship_of_another_book() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "3")])
    other = np.full((4, 4), 0.25) + np.eye(4) / 4
    with pytest.raises(NumericalError, match="self-kinship, less what the kinship of the parents gives"):
        summarise(pedigree, np.full(4, True), kinship=other)


@given(shared_books(most=10))
def test_check_kinship__accepts_twins_litters_and_related_founders(book: SharedBook) -> None:
    pedigree = Pedigree.from_records(book.records, founder_kinship=book.founder_kinship)
    kinship = kinship_matrix(pedigree)
    check_kinship(kinship)
    check_self_kinship(pedigree, kinship)


def test_check_kinship__examines_some_animals_of_many() -> None:
    many = np.eye(3 * EXAMINED) / 2
    check_kinship(many)
    many[::3, ::3] += 0.3 * _lopsided(EXAMINED)
    with pytest.raises(NumericalError, match="positive semidefinite"):
        check_kinship(many)


def test_partial_inbreeding__that_does_not_add_up_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "3")]
    monkeypatch.setattr(partial, "_given", lambda *_: {1: {1: 1.0}})
    with pytest.raises(NumericalError, match="partial inbreeding"):
        partial_inbreeding(Pedigree.from_records(records))


def test_effective_ancestors__that_explain_too_much_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [Record("1"), Record("2"), Record("3", "2", "1"), Record("4", "2", "3"), Record("5", "4", "1")]
    pedigree = Pedigree.from_records(records)
    monkeypatch.setattr(ancestry._Search, "_explained", lambda search: np.zeros(search.size))
    with pytest.raises(NumericalError, match="sum of the founder contributions"):
        effective_ancestors(pedigree, pedigree.mask("345"))


@pytest.mark.parametrize("wrong", [[[0.5, 0.75]], [[1.5, 1.0]], [[0.5, np.nan]]])
def test_check_completeness__refuses_more_ancestors_further_back(wrong: list[list[float]]) -> None:
    with pytest.raises(NumericalError, match="completeness"):
        check_completeness(np.array(wrong))


@pytest.mark.parametrize(
    ("retention", "lost", "unique", "descendants"),
    [
        (1.2, 0, 0, 0),
        (0.9, 0.2, 0, 0),
        (0.3, 0.2, 0, 0),
        (0.5, -0.5, 0, 0),
        (0.5, 0, 1.5, 1.5),
        (0.5, 0, 0.5, 0.25),
    ],
)
def test_check_gene_drop__refuses_what_no_drop_can_give(
    retention: float, lost: float, unique: float, descendants: float
) -> None:
    with pytest.raises(NumericalError):
        check_gene_drop(*(np.array([each]) for each in (retention, lost, unique, descendants)))


def test_check_gene_drop__accepts_the_dead() -> None:
    check_gene_drop(np.array([0.5]), np.array([0.25]), np.array([np.nan, 0.5]), np.array([np.nan, 0.5]))
