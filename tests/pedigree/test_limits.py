"""Each figure is accepted on its limits and refused a little beyond them."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pedigree import KnownSummary, NumericalError, Pedigree, Record, Summary, kinship_matrix, summarise
from pedigree._bounds import (
    TILE,
    check_completeness,
    check_contributions,
    check_diversity,
    check_effective_size,
    check_founder_sizes,
    check_gene_drop,
    check_kinship,
    check_parts,
    check_self_kinship,
    check_shares,
    within,
)
from pedigree._summary_bounds import check_known, check_summary

NAN = float("nan")
BEYOND = 1e-6

ACCEPTED: dict[str, tuple[Callable[..., None], tuple[object, ...]]] = {
    "diversity of one": (check_diversity, (0.5, 1)),
    "diversity of many": (check_diversity, (1 / 8, 4)),
    "diversity of copies": (check_diversity, (1.0, 4)),
    "diversity of nobody": (check_diversity, (NAN, 0)),
    "sizes of one founder": (check_founder_sizes, (0.5, 1.0, 1, 1)),
    "sizes at most": (check_founder_sizes, (3.0, 3.0, 3, 3)),
    "sizes of few living": (check_founder_sizes, (2.0, 3.0, 3, 2)),
    "effective size of nobody": (check_effective_size, (NAN, 0.0)),
    "effective size of one sex": (check_effective_size, (0.0, 4.0)),
    "effective size at most": (check_effective_size, (4.0, 4.0)),
}

REFUSED: dict[str, tuple[Callable[..., None], tuple[object, ...]]] = {
    "mean kinship too low": (check_diversity, (1 / 8 - BEYOND, 4)),
    "mean kinship too high": (check_diversity, (1 + BEYOND, 4)),
    "mean kinship of one": (check_diversity, (0.5 - BEYOND, 1)),
    "mean kinship without an answer": (check_diversity, (NAN, 1)),
    "equivalents below 1": (check_founder_sizes, (0.9, 1 - BEYOND, 3, 3)),
    "equivalents above the founders": (check_founder_sizes, (2.0, 3 + BEYOND, 3, 9)),
    "genomes below one gene": (check_founder_sizes, (0.5 - BEYOND, 1.0, 3, 3)),
    "genomes above the equivalents": (check_founder_sizes, (2 + BEYOND, 2.0, 3, 9)),
    "genomes above the living": (check_founder_sizes, (2 + BEYOND, 3.0, 3, 2)),
    "effective size below 0": (check_effective_size, (-BEYOND, 4.0)),
    "effective size above the breeders": (check_effective_size, (4 + BEYOND, 4.0)),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_limit__is_possible_itself(case: str) -> None:
    check, given = ACCEPTED[case]
    check(*given)


@pytest.mark.parametrize("case", REFUSED)
def test_limit__is_refused_a_little_beyond(case: str) -> None:
    check, given = REFUSED[case]
    with pytest.raises(NumericalError, match="no figure is shown"):
        check(*given)


@pytest.mark.parametrize("value", [1 - BEYOND, 3 + BEYOND, NAN, np.inf, -np.inf])
def test_within__refuses_what_is_outside_or_no_number(value: float) -> None:
    within("figure", 1.0, 1, 3)
    within("figure", 3.0, 1, 3)
    with pytest.raises(NumericalError, match=r"The figure came out as .*, outside \[1, 3\]"):
        within("figure", value, 1, 3)


@pytest.mark.parametrize("values", [[0.5, -BEYOND], [1 + BEYOND, 0.5], [NAN, 0.5]])
def test_check_shares__refuses_any_value_outside(values: list[float]) -> None:
    check_shares("share", np.array([0.0, 1.0]))
    check_shares("share", np.empty(0))
    with pytest.raises(NumericalError, match="share"):
        check_shares("share", np.array(values))


@pytest.mark.parametrize("shares", [[1.2, -0.2], [0.5, 0.5 - BEYOND], [0.5, 0.5 + BEYOND], [NAN, 1.0]])
def test_check_contributions__refuses_shares_of_something_else(shares: list[float]) -> None:
    check_contributions(np.array([0.25, 0.75, 0.0]))
    with pytest.raises(NumericalError, match="founder contribution"):
        check_contributions(np.array(shares))


@pytest.mark.parametrize("shares", [[1.0, 0.5, 0.5 + BEYOND], [1 + BEYOND, 0.5, 0.5], [0.5, 0.0, -BEYOND]])
def test_check_completeness__accepts_what_never_rises(shares: list[float]) -> None:
    check_completeness(np.array([[1.0, 1.0, 0.0], [0.5, 0.25, 0.25]]))
    with pytest.raises(NumericalError, match="completeness"):
        check_completeness(np.array([[1.0, 1.0, 1.0], shares]))


@pytest.mark.parametrize("parts", [[0.5, -0.25], [0.25, BEYOND], [0.25, -BEYOND]])
def test_check_parts__refuses_parts_that_are_no_whole(parts: list[float]) -> None:
    check_parts("part", np.array([[0.25, 0.0], [0.0, 0.0]]), np.array([0.25, 0.0]))
    with pytest.raises(NumericalError, match="part"):
        check_parts("part", np.array([[0.0, 0.0], parts]), np.array([0.0, 0.25]))


DROPS = {
    "both genes, or none": (0.5, 0.5, 0.0, 0.0),
    "always one gene": (0.5, 0.0, 0.0, 1.0),
    "both genes always": (1.0, 0.0, 1.0, 1.0),
    "lost": (0.0, 1.0, 0.5, 0.5),
}


@pytest.mark.parametrize("case", DROPS)
def test_check_gene_drop__accepts_the_extremes(case: str) -> None:
    check_gene_drop(*(np.array([each]) for each in DROPS[case]))


@pytest.mark.parametrize(
    "wrong", [(BEYOND, 0, 0, 0), (0, BEYOND, 0, 0), (0, -BEYOND, 0, 0), (0, 0, BEYOND, 0), (0, 0, 0, NAN)]
)
@pytest.mark.parametrize("case", ["both genes always", "lost"])
def test_check_gene_drop__refuses_a_little_more(case: str, wrong: tuple[float, ...]) -> None:
    given = tuple(value + more for value, more in zip(DROPS[case], wrong, strict=True))
    with pytest.raises(NumericalError):
        check_gene_drop(*(np.array([each]) for each in given))


def _strangers(size: int) -> np.ndarray:
    return np.eye(size) / 2


@pytest.mark.parametrize("size", [2, TILE, TILE + 1, 2 * TILE + 3])
@pytest.mark.parametrize(("row", "column"), [(0, 1), (0, -1), (-2, -1)])
def test_check_kinship__looks_at_every_pair(size: int, row: int, column: int) -> None:
    check_kinship(_strangers(size))
    for one_sided in ((row, column), (column, row)):
        kinship = _strangers(size)
        kinship[one_sided] = 0.25
        with pytest.raises(NumericalError, match="not symmetric"):
            check_kinship(kinship)
    kinship = _strangers(size)
    kinship[row, column] = kinship[column, row] = 0.5
    check_kinship(kinship)
    kinship[row, column] = kinship[column, row] = 0.5 + BEYOND
    with pytest.raises(NumericalError, match="geometric mean of the self-kinships"):
        check_kinship(kinship)


@pytest.mark.parametrize("itself", [0.5 - BEYOND, 1 + BEYOND, NAN])
def test_check_kinship__refuses_a_self_kinship_outside(itself: float) -> None:
    kinship = _strangers(3)
    kinship[1, 1] = itself
    with pytest.raises(NumericalError, match="kinship"):
        check_kinship(kinship)


def test_check_kinship__of_nobody_is_possible() -> None:
    check_kinship(np.empty((0, 0)))


@pytest.mark.parametrize("animal", ["1", "2", "4", "5"])
@pytest.mark.parametrize("wrong", [-0.1, 0.1])
def test_check_self_kinship__looks_at_all_but_the_told_and_the_uncertain(animal: str, wrong: float) -> None:
    candidates = (("1", 0.5), ("3", 0.5))
    records = [Record("1"), Record("2"), Record("3"), Record("4", "1", "2"), Record("5", "4", "1")]
    records += [Record("6", candidates, "4"), Record("7", "4", candidates)]
    related = {("3", "3"): 0.75, ("1", "2"): 0.25}
    pedigree = Pedigree.from_records(records, founder_kinship=related)
    kinship = kinship_matrix(pedigree)
    for unchecked in ("3", "6", "7"):
        kinship[pedigree.row(unchecked), pedigree.row(unchecked)] = 0.9
    check_self_kinship(pedigree, kinship)
    kinship[pedigree.row(animal), pedigree.row(animal)] += wrong
    with pytest.raises(NumericalError, match="self-kinship, less what the kinship of the parents gives"):
        check_self_kinship(pedigree, kinship)


KNOWN = KnownSummary(2, 2.0, 0.375, 0.625, 4 / 3, 0.0)
SUMMARY = Summary(4, 2, 2, 2.0, 0.375, 0.625, 4 / 3, 0.0, 1.0, 1.0, 1.0, 1.0, 2.0, 1.0, KNOWN)
"""Of two full sibs, the children of two founders, which have bred with each other."""

SIBS = np.array([[0.5, 0.25], [0.25, 0.5]])

LIMITS: dict[str, list[dict[str, float]]] = {
    "mean kinship": [
        {"mean_kinship": 0.25 - BEYOND, "gene_diversity": 0.75 + BEYOND},
        {"mean_kinship": 0.5 + BEYOND, "gene_diversity": 0.5 - BEYOND},
        {"mean_kinship": 0.375 + BEYOND},
        {"gene_diversity": 0.625 + BEYOND},
    ],
    "inbreeding": [{"mean_inbreeding": -BEYOND}, {"mean_inbreeding": 1 + BEYOND}],
    "founder": [
        {"founders": 1},
        {"founder_equivalents": 1.3},
        {"founder_genome_equivalents": 2 + BEYOND},
    ],
    "known fraction": [{"known": 1 + BEYOND}, {"known": -BEYOND, "certain": -BEYOND}, {"known": NAN}],
    "certain fraction": [{"certain": 1 + BEYOND}, {"certain": -BEYOND}, {"known": 0.5}],
    "that bred": [
        {"breeding_males": 2 + BEYOND},
        {"breeding_females": 2 + BEYOND},
        {"breeding_males": -BEYOND},
        {"breeding_females": -BEYOND},
    ],
    "effective population size": [
        {"effective_size": 2 + BEYOND},
        {"effective_size": -BEYOND},
        {"effective_ratio": 1 + BEYOND},
        {"effective_ratio": -BEYOND},
    ],
}


def _check(
    changes: dict[str, float], kinship: np.ndarray = SIBS, means: tuple[float, float] = (0.375, 0.375)
) -> None:
    check_summary(replace(SUMMARY, **changes), kinship, np.array(means), np.array([0.5, 0.5]))


@pytest.mark.parametrize(
    ("name", "changes"), [(name, changes) for name, each in LIMITS.items() for changes in each], ids=str
)
def test_check_summary__refuses_a_figure_a_little_beyond(name: str, changes: dict[str, float]) -> None:
    _check({})
    with pytest.raises(NumericalError, match=name):
        _check(changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"mean_kinship": 0.25, "gene_diversity": 0.75},
        {"mean_kinship": 0.5, "gene_diversity": 0.5},
        {"mean_inbreeding": 1.0},
        {"mean_inbreeding": NAN},
        {"founder_genome_equivalents": 2.0},
        {"known": 0.0, "certain": 0.0},
        {"breeding_males": 0.0, "breeding_females": 2.0, "effective_size": 0.0, "effective_ratio": 0.0},
        {"breeding_males": 2.0, "breeding_females": 0.0, "effective_size": 2.0, "effective_ratio": 1.0},
        {"effective_size": NAN, "effective_ratio": NAN},
        {"living": 0, "mean_kinship": NAN, "gene_diversity": NAN, "known": NAN},
    ],
)
def test_check_summary__accepts_the_limits(changes: dict[str, float]) -> None:
    _check(changes)


@pytest.mark.parametrize("mean", [-BEYOND, 0.5 + BEYOND, NAN])
def test_check_summary__refuses_the_mean_kinship_of_one_animal(mean: float) -> None:
    _check({}, means=(0.0, 0.5))
    with pytest.raises(NumericalError, match="mean kinship of an animal"):
        _check({}, means=(0.375, mean))


def test_check_summary__looks_at_the_kinships_and_the_contributions() -> None:
    with pytest.raises(NumericalError, match="not symmetric"):
        _check({"living": 0}, np.array([[0.5, 0.25], [0.0, 0.5]]))
    with pytest.raises(NumericalError, match="founder contribution"):
        check_summary(SUMMARY, SIBS, np.array([0.375, 0.375]), np.array([0.5, 0.25]))


@pytest.mark.parametrize(
    "changes",
    [
        {"gene_diversity": -BEYOND},
        {"gene_diversity": 1 + BEYOND},
        {"mean_kinship": -BEYOND},
        {"mean_kinship": 1 + BEYOND},
        {"founder_equivalents": 1 - BEYOND},
        {"founder_equivalents": 2 + BEYOND},
        {"founders": 1},
    ],
    ids=str,
)
def test_check_known__refuses_a_figure_a_little_beyond(changes: dict[str, float]) -> None:
    half = np.array([0.5, 0.5])
    check_known(KNOWN, half)
    check_known(replace(KNOWN, founder_equivalents=1.0, mean_kinship=0.0, gene_diversity=1.0), half)
    check_known(replace(KNOWN, mean_kinship=1.0, gene_diversity=0.0), half)
    with pytest.raises(NumericalError, match="known-only"):
        check_known(replace(KNOWN, **changes), half)


def test_check_known__looks_at_the_contributions_unless_nothing_is_known() -> None:
    with pytest.raises(NumericalError, match="founder contribution"):
        check_known(KNOWN, np.array([0.5, 0.25]))
    check_known(replace(KNOWN, gene_diversity=NAN), np.array([NAN, NAN]))


def test_summarise__of_the_two_sibs_gives_the_figures_checked_here() -> None:
    records = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "2"), Record("5", "3", "4")]
    pedigree = Pedigree.from_records(records)
    found = summarise(pedigree, pedigree.mask(["3", "4"]))
    assert replace(found, known_only=KNOWN, animals=4, known=1.0, certain=1.0) == SUMMARY
