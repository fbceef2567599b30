"""The two gene-drop kernels, and the chance they are handed."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedigree import (
    Pedigree,
    Record,
    _dropping,
    ancestral_inbreeding_by_drop,
    exact_gene_drop,
    gene_drop,
)
from pedigree.kernels.compiling import is_installed
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, shared_books

needs_numba = pytest.mark.skipif(not is_installed(), reason="numba is not installed (requirements-fast.txt)")


def _with(monkeypatch: pytest.MonkeyPatch, kernels: str, compute):
    monkeypatch.setenv("PEDIGREE_KERNELS", kernels)
    return compute()


def _assert_equal(one, other) -> None:
    for field in fields(one):
        pair = getattr(one, field.name), getattr(other, field.name)
        assert np.array_equal(*(np.asarray(value, dtype=float) for value in pair), equal_nan=True), field.name


@needs_numba
@settings(max_examples=25)
@given(book=shared_books(most=12), drops=st.sampled_from([1, 63, 64, 1000, 1024, 1025, 2500]), data=st.data())
def test_kernels__give_the_same_bits(book, drops: int, data: st.DataObject) -> None:
    pedigree = Pedigree.from_records(book.records)
    living, wild_only = pedigree.mask(data.draw(chosen(book.records))), data.draw(st.booleans())
    with pytest.MonkeyPatch.context() as patch:
        found = [
            _with(
                patch,
                kernels,
                lambda: gene_drop(pedigree, living, drops=drops, seed=7, unknown_as_founders=not wild_only),
            )
            for kernels in ("numpy", "numba")
        ]
        again = [
            _with(patch, kernels, lambda: ancestral_inbreeding_by_drop(pedigree, drops=drops, seed=7))
            for kernels in ("numpy", "numba")
        ]
    _assert_equal(*found)
    _assert_equal(*again)


@needs_numba
def test_kernels__list_the_same_outcomes(monkeypatch: pytest.MonkeyPatch) -> None:
    pedigree = lacy.t3()
    living = pedigree.mask([*lacy.LIVING, "H"])
    _assert_equal(
        *(
            _with(monkeypatch, kernels, lambda: exact_gene_drop(pedigree, living))
            for kernels in ("numpy", "numba")
        )
    )


@pytest.mark.slow
@needs_numba
def test_kernels__hold_more_genes_than_sixteen_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    pedigree = Pedigree.from_records([Record(str(i)) for i in range(33_000)])
    living = np.full(len(pedigree), True)
    found = _with(monkeypatch, "numba", lambda: gene_drop(pedigree, living, drops=2))
    assert found.retention.min() == found.uniqueness.min() == 1.0


def test_gene_drop__is_the_same_in_any_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    pedigree = lacy.t3()
    living = pedigree.mask([*lacy.LIVING, "H"])
    whole = gene_drop(pedigree, living, drops=1500, seed=2)
    monkeypatch.setattr(_dropping, "MEMORY", 1)
    _assert_equal(gene_drop(pedigree, living, drops=1500, seed=2), whole)


DROPS = 4096
SEEDS = 64


def _scores() -> np.ndarray:
    """How many standard errors each seed's retention of A and of E is away from the exact 3/4."""
    pedigree = lacy.t1()
    living = pedigree.mask(lacy.LIVING)
    drops = [gene_drop(pedigree, living, drops=DROPS, seed=seed) for seed in range(SEEDS)]
    return np.array([(drop.retention - 0.75) / drop.retention_error for drop in drops])[:, [0, 2]]


def test_gene_drop__is_off_by_as_much_as_it_says() -> None:
    # 128 squares of standard normal scores: their mean is 1 give or take 1/8.
    assert np.mean(_scores() ** 2) == pytest.approx(1, abs=4 / 8)
    assert abs(_scores().mean()) < 4 / np.sqrt(2 * SEEDS)


def test_gene_drop__with_one_stream_for_all_chunks_would_be_off_by_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Shared(np.random.SeedSequence):
        def spawn(self, n_children: int) -> list[np.random.SeedSequence]:
            return [self] * n_children

    monkeypatch.setattr(np.random, "SeedSequence", Shared)
    # Each of the four chunks repeats the first, so the true variance is four times what the error tells.
    assert np.mean(_scores() ** 2) > 2
