import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    UNKNOWN,
    NumericalError,
    Pedigree,
    Record,
    founding,
    inbreeding,
    kinship_matrix,
    mean_kinship,
    summarise,
    summary,
)
from pedigree._bounds import check_contributions, check_kinship
from pedigree._summary_bounds import check_summary
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees


def test_summarise__is_t1_of_lacy() -> None:
    pedigree = lacy.t1()
    summary = summarise(pedigree, pedigree.mask(lacy.LIVING))
    assert (summary.animals, summary.living, summary.founders) == (7, 4, 3)
    assert summary.founder_equivalents == pytest.approx(32 / 11, abs=1e-15)
    assert (summary.mean_kinship, summary.gene_diversity) == (9 / 32, 0.71875)
    assert summary.founder_genome_equivalents == 16 / 9
    assert (summary.mean_inbreeding, summary.known) == (0, 1)
    assert summary.known_only.gene_diversity == 0.71875
    # Of the living only D has bred, so there is no pair.
    assert (summary.breeding_males, summary.breeding_females) == (1, 0)
    assert (summary.effective_size, summary.effective_ratio) == (0, 0)


def test_summarise__is_t4_of_lacy() -> None:
    pedigree = lacy.t4()
    summary = summarise(pedigree, pedigree.mask("CDFGJ"))
    assert summary.gene_diversity == 0.755
    assert (summary.known, summary.certain) == (0.9, 0.9)
    assert summary.known_only.gene_diversity == pytest.approx(1 - 47 / 162, abs=1e-15)
    assert (summary.founders, summary.known_only.founders) == (4, 3)


@given(pedigrees(most=25), st.data())
def test_summarise__keeps_every_bound(records: list[Record], data: st.DataObject) -> None:
    pedigree, living = Pedigree.from_records(records), data.draw(chosen(records))
    mask = pedigree.mask(living)
    summary = summarise(pedigree, mask)
    bred = inbreeding(pedigree)[mask & ~founding(pedigree)]
    mean = bred.mean() if len(bred) else math.nan
    assert summary.mean_inbreeding == pytest.approx(mean, abs=1e-15, nan_ok=True)
    half = 1 / (2 * len(living))
    assert half - 1e-12 <= summary.mean_kinship <= 1
    assert (
        summary.founder_genome_equivalents <= summary.founder_equivalents + 1e-12 <= summary.founders + 2e-12
    )
    assert summary.founder_genome_equivalents <= len(living) + 1e-12


@given(pedigrees(), st.data(), st.randoms(use_true_random=False))
def test_summarise__is_bit_equal_in_any_order_of_rows(records, data: st.DataObject, random) -> None:
    living = data.draw(chosen(records))
    shuffled = list(records)
    random.shuffle(shuffled)
    figures = []
    for each in (records, shuffled):
        pedigree = Pedigree.from_records(each)
        figures.append(_flat(summarise(pedigree, pedigree.mask(living))))
    assert np.array_equal(*figures, equal_nan=True)


def _flat(summary) -> list[float]:
    figures = dataclasses.asdict(summary)
    known = figures.pop("known_only")
    return [*figures.values(), *known.values()]


def test_summarise__leaves_founders_out_of_mean_inbreeding() -> None:
    pedigree = Pedigree.from_records(
        [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "3"), Record("5")]
    )
    assert summarise(pedigree, pedigree.mask(["3", "4", "5"])).mean_inbreeding == 0.125
    assert math.isnan(summarise(pedigree, pedigree.mask(["1", "5"])).mean_inbreeding)


@given(pedigrees(most=25), st.data())
def test_summarise__takes_a_kinship_that_is_there_already(records: list[Record], data: st.DataObject) -> None:
    pedigree = Pedigree.from_records(records)
    mask = pedigree.mask(data.draw(chosen(records)))
    kinship = kinship_matrix(pedigree.pruned_to_ancestors(mask))
    given_it = summarise(pedigree, mask, kinship=kinship)
    assert np.array_equal(_flat(given_it), _flat(summarise(pedigree, mask)), equal_nan=True)


def test_summarise__of_nobody_has_no_numbers() -> None:
    summary = summarise(lacy.t1(), np.full(7, False))
    assert (summary.living, summary.founders) == (0, 0)
    assert math.isnan(summary.gene_diversity)


@pytest.mark.parametrize(
    "wrong",
    [
        {"gene_diversity": 1.0},
        {"gene_diversity": -0.1},
        {"mean_kinship": 0.01},
        {"mean_inbreeding": -0.5},
        {"founder_equivalents": 3.5},
        {"founder_genome_equivalents": 2.95},
        {"known": 1.5},
        {"certain": 1.1},
        {"breeding_males": 5.0},
        {"breeding_females": -1.0},
        {"effective_size": 3.0},
        {"effective_ratio": 0.9},
        {"mean_kinship": math.nan},
    ],
)
def test_check_summary__refuses_an_impossible_figure(wrong: dict[str, float]) -> None:
    pedigree = lacy.t1()
    mask = pedigree.mask(lacy.LIVING)
    kinship = kinship_matrix(pedigree)
    summary = dataclasses.replace(summarise(pedigree, mask), **wrong)
    with pytest.raises(NumericalError, match="so no figure is shown"):
        check_summary(summary, kinship, mean_kinship(kinship, mask), np.array([0.375, 0.375, 0.25]))


@pytest.mark.parametrize(
    "wrong",
    [
        [[0.5, 0.1], [0.2, 0.5]],
        [[0.4, 0.0], [0.0, 0.5]],
        [[0.5, 0.6], [0.6, 0.5]],
        [[0.5, -0.1], [-0.1, 0.5]],
        [[1.5, 0.0], [0.0, 0.5]],
        # Each pair alone is possible, the three together are not.
        [[0.5, 0.5, 0.0], [0.5, 0.5, 0.5], [0.0, 0.5, 0.5]],
        [[0.5, np.nan], [np.nan, 0.5]],
    ],
)
def test_check_kinship__refuses_what_is_no_kinship(wrong: list[list[float]]) -> None:
    with pytest.raises(NumericalError):
        check_kinship(np.array(wrong))


@pytest.mark.parametrize("wrong", [[0.5, 0.4], [1.2, -0.2]])
def test_check_contributions__refuses_what_is_no_whole(wrong: list[float]) -> None:
    with pytest.raises(NumericalError):
        check_contributions(np.array(wrong))


def _half_known() -> Pedigree:
    """The book of Lacy with J, whose sire is unknown, and the inbred K."""
    return Pedigree.from_records([*lacy.RECORDS, Record("J", UNKNOWN, "G"), Record("K", "D", "F")])


def test_summarise__tells_known_only_figures_of_the_inbred_and_the_half_known() -> None:
    pedigree = _half_known()
    found = summarise(pedigree, pedigree.mask("CDFGJK")).known_only
    # K alone is inbred, by 1/4; of J nothing can be said, so that C, D, F, G and K count.
    assert found.mean_inbreeding == 0.05
    assert found.mean_kinship + found.gene_diversity == 1
    assert found.founder_genome_equivalents == pytest.approx(1 / (2 * found.mean_kinship), rel=1e-15)


@pytest.mark.parametrize(
    ("name", "wrong"), [("known_gene_diversity", lambda *_: 1.5), ("founder_equivalents", lambda _: 0.5)]
)
def test_summarise__shows_no_known_only_figure_that_cannot_be(
    name: str, wrong: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    pedigree = _half_known()
    monkeypatch.setattr(summary, name, wrong)
    with pytest.raises(NumericalError, match="known-only"):
        summarise(pedigree, pedigree.mask("CDFGJK"))
