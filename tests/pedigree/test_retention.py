import numpy as np
import pytest

from pedigree import (
    WILD,
    NumericalError,
    Pedigree,
    Record,
    exact_gene_drop,
    founder_contributions,
    founder_genome_equivalents_1989,
    founder_genomes_surviving,
    potential_gene_diversity,
    target_contributions,
)
from tests.pedigree import lacy


def _t1() -> tuple[np.ndarray, np.ndarray]:
    pedigree = lacy.t1()
    living = pedigree.mask(lacy.LIVING)
    return founder_contributions(pedigree, living), exact_gene_drop(pedigree, living).retention


def test_founder_genome_equivalents_1989__is_24_elevenths_on_t1() -> None:
    assert founder_genome_equivalents_1989(*_t1()) == pytest.approx(24 / 11, abs=1e-15)


def test_potential_gene_diversity__is_7_ninths_on_t1() -> None:
    _, retention = _t1()
    assert founder_genomes_surviving(retention) == 2.25
    assert potential_gene_diversity(retention) == pytest.approx(7 / 9, abs=1e-15)


def test_target_contributions__are_equal_where_retention_is() -> None:
    assert target_contributions(_t1()[1]) == pytest.approx([1 / 3] * 3, abs=1e-15)


def test_target_contributions__make_the_form_of_1989_its_maximum() -> None:
    retention = np.array([0.75, 0.5, 0.25, 0.125])
    target = target_contributions(retention)
    best = founder_genome_equivalents_1989(target, retention)
    assert best == pytest.approx(founder_genomes_surviving(retention), abs=1e-15)
    rng = np.random.default_rng(0)
    others = rng.dirichlet(np.ones(4), size=100)
    assert all(founder_genome_equivalents_1989(other, retention) < best for other in others)


def test_founder_genome_equivalents_1989__is_nan_where_a_contributing_founder_never_survived() -> None:
    contribution = np.array([0.5, 0.5, 0.0])
    assert np.isnan(founder_genome_equivalents_1989(contribution, np.array([0.5, 0.0, 0.0])))
    assert founder_genome_equivalents_1989(contribution, np.array([0.5, 0.5, 0.0])) == 1.0


def test_retention__of_nothing_has_no_answer() -> None:
    nothing = np.zeros(2)
    assert founder_genomes_surviving(nothing) == 0
    assert np.isnan(potential_gene_diversity(nothing))
    assert np.isnan(target_contributions(nothing)).all()
    assert np.isnan(founder_genome_equivalents_1989(nothing, nothing))
    assert np.isnan(founder_genome_equivalents_1989(np.full(2, np.nan), nothing))


def test_potential_gene_diversity__of_less_than_one_gene_is_nan() -> None:
    # 3 holds one known gene half the time: what survives of it is no population whose diversity could be measured.
    records = [Record("1", WILD), Record("2", "1"), Record("3", "2")]
    pedigree = Pedigree.from_records(records)
    living = pedigree.mask(["3"])
    found = exact_gene_drop(pedigree, living, unknown_as_founders=False)
    assert founder_genomes_surviving(found.retention) == 0.125
    assert np.isnan(potential_gene_diversity(found.retention))
    assert potential_gene_diversity(np.array([0.5])) == 0


@pytest.mark.parametrize("wrong", [1.5, -0.5, np.nan])
@pytest.mark.parametrize(
    "function", [founder_genomes_surviving, potential_gene_diversity, target_contributions]
)
def test_retention__outside_its_bounds_gives_no_figure(function, wrong: float) -> None:
    with pytest.raises(NumericalError, match="allele retention"):
        function(np.array([0.5, wrong]))


def test_founder_genome_equivalents_1989__of_impossible_numbers_is_not_shown() -> None:
    with pytest.raises(NumericalError, match="founder contribution"):
        founder_genome_equivalents_1989(np.array([1.5]), np.array([0.5]))
    with pytest.raises(NumericalError, match="allele retention"):
        founder_genome_equivalents_1989(np.array([1.0]), np.array([1.5]))


def test_founder_genome_equivalents_1989__of_some_founders_is_held_to_their_share() -> None:
    assert founder_genome_equivalents_1989(np.array([0.25, 0.25]), np.array([1.0, 1.0])) == 8
