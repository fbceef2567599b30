from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from pedigree import DropNumberError, Pedigree, Record, ancestral_inbreeding_by_drop
from tests.pedigree import lacy
from tests.pedigree.dropped import Dropped
from tests.pedigree.strategies import SharedBook, shared_books

DROPS = 2000


@settings(max_examples=25)
@given(book=shared_books(most=6))
def test_ancestral_inbreeding_by_drop__comes_within_errors_of_every_outcome(book: SharedBook) -> None:
    pedigree = Pedigree.from_records(book.records)
    twin = Dropped(book.records, [])
    found = ancestral_inbreeding_by_drop(pedigree, drops=DROPS, seed=3)
    exact = np.array([float(twin.ancestral[animal]) for animal in pedigree.ids])
    off = np.abs(found.ancestral_inbreeding - exact)
    assert (off <= 6 * found.error + 10 / DROPS).all()


def test_ancestral_inbreeding_by_drop__of_repeated_full_sibs_is_by_hand() -> None:
    line = [Record("A"), Record("B")]
    for n in range(1, 5):
        parents = (f"s{n - 1}", f"d{n - 1}") if n > 1 else ("A", "B")
        line += [Record(f"s{n}", *parents), Record(f"d{n}", *parents)]
    pedigree = Pedigree.from_records(line)
    found = ancestral_inbreeding_by_drop(pedigree, drops=20_000, seed=1)
    rows = pedigree.rows(["s2", "s3"])
    # Parents of s2 are not inbred; those of s3 are by 1/4, and their genes were never autozygous before.
    assert found.ancestral_inbreeding[rows[0]] == 0
    assert found.ancestral_inbreeding[rows[1]] == pytest.approx(0.25, abs=4 * found.error[rows[1]])


def test_ancestral_inbreeding_by_drop__is_0_without_inbreeding() -> None:
    found = ancestral_inbreeding_by_drop(lacy.t1(), drops=100)
    assert found.ancestral_inbreeding.tolist() == found.error.tolist() == [0.0] * 7


@pytest.mark.parametrize(("drops", "seed"), [(0, 0), (2.5, 0), (10, -1), (10, 0.5), ("10", 0)])
def test_ancestral_inbreeding_by_drop__refuses_impossible_numbers(drops: Any, seed: Any) -> None:
    with pytest.raises(DropNumberError):
        ancestral_inbreeding_by_drop(lacy.t1(), drops=drops, seed=seed)
