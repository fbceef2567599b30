"""Whom to bank next: by hand on Lacy's book, and against choices made one after the other without any short cut."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pedigree import Pedigree, Record, bank_next, kept_by_bank, kinship_matrix
from tests.pedigree import lacy
from tests.pedigree.banking.exhaustive import highest_gene_diversity
from tests.pedigree.strategies import chosen, pedigrees

Bools = NDArray[np.bool_]


def _kept(kinship, living: Bools, chance, banked: Bools, gone: int | None = None) -> float:
    """Return what is expected to be kept, one of the living being dead for sure."""
    least = np.where(living, 1 - np.where(living, chance, 0), 0.0)
    if gone is not None:
        least[gone] = 0
    return highest_gene_diversity(kinship, least, np.where(banked, 1.0, least))


def _lost(kinship, living: Bools, chance, banked: Bools, row: int) -> float:
    if banked[row]:
        return 0.0
    with_it = banked.copy()
    with_it[row] = True
    return _kept(kinship, living, chance, with_it, row) - _kept(kinship, living, chance, banked, row)


@settings(max_examples=40)
@given(pedigrees(most=8), st.data())
def test_bank_next__chooses_the_highest_expected_loss_each_time(
    records: list[Record], data: st.DataObject
) -> None:
    pedigree = Pedigree.from_records(records)
    kinship = kinship_matrix(pedigree)
    living = pedigree.mask(data.draw(chosen(records)))
    banked = pedigree.mask(data.draw(chosen(records))[:2])
    drawn = data.draw(st.lists(st.integers(0, 8), min_size=len(pedigree), max_size=len(pedigree)))
    chance = np.array(drawn) / 8
    found = bank_next(kinship, living, banked, chance, wanted=2)
    assert sorted(each.animal for each in found) == np.flatnonzero(living).tolist()
    left = set(np.flatnonzero(living).tolist())
    for each in found:
        lost = {row: _lost(kinship, living, chance, banked, row) for row in left}
        assert each.lost == pytest.approx(lost[each.animal], abs=1e-8)
        assert each.chance == chance[each.animal]
        assert each.expected == pytest.approx(each.chance * each.lost, abs=1e-12)
        assert each.expected >= max(chance[row] * value for row, value in lost.items()) - 1e-8
        left.remove(each.animal)
        if each.chosen:
            banked = banked.copy()
            banked[each.animal] = True
        assert each.gene_diversity == pytest.approx(_kept(kinship, living, chance, banked), abs=1e-8)
    assert [each.chosen for each in found] == [place < 2 for place in range(len(found))]


@settings(max_examples=20)
@given(pedigrees(most=8), st.data())
def test_bank_next__is_the_same_to_the_last_bit_from_what_was_ranked_alone(
    records: list[Record], data: st.DataObject
) -> None:
    pedigree = Pedigree.from_records(records)
    kinship, living = kinship_matrix(pedigree), pedigree.mask(data.draw(chosen(records)))
    banked = pedigree.mask(data.draw(chosen(records))[:2])
    chance = np.linspace(0, 1, len(pedigree))
    alone = bank_next(kinship, living, banked, chance, wanted=0)
    for wanted in (0, 1, 3):
        found = bank_next(kinship, living, banked, chance, wanted=wanted, alone=alone)
        assert found == bank_next(kinship, living, banked, chance, wanted=wanted)


def test_bank_next__of_one_sure_to_die_is_what_the_bank_would_keep_of_it() -> None:
    # All others are sure to live: C's loss is that of the page, 5/96.
    book = lacy.t1()
    kinship, living = kinship_matrix(book), book.mask("CDFG")
    chance = np.zeros(7)
    chance[book.row("C")] = 1.0
    first = bank_next(kinship, living, book.mask(""), chance)[0]
    assert book.ids[first.animal] == "C"
    assert first.expected == pytest.approx(5 / 96)
    assert first.lost == pytest.approx(kept_by_bank(kinship, living, book.mask("C"))[book.row("C")])
    assert first.gene_diversity == pytest.approx(23 / 32)


def test_bank_next__wants_the_second_of_two_sibs_less_once_the_first_is_banked() -> None:
    # C and D are full sibs, E is unrelated to both and less likely to die.
    book = lacy.t1()
    chance = np.zeros(7)
    chance[book.rows("CDE")] = 0.5, 0.49, 0.2
    alone = bank_next(kinship_matrix(book), book.mask("CDE"), book.mask(""), chance, wanted=0)
    by_turns = bank_next(kinship_matrix(book), book.mask("CDE"), book.mask(""), chance, wanted=3)
    order = [book.ids[each.animal] for each in by_turns]
    worth = {book.ids[each.animal]: each.lost for each in alone}
    second = next(each for each in by_turns if book.ids[each.animal] == order[1])
    assert order[0] == "E"
    assert worth["C"] == pytest.approx(worth["D"], rel=0.1)
    assert second.expected <= chance[second.animal] * worth[order[1]] + 1e-12


def test_bank_next__loses_nothing_of_a_donor() -> None:
    book = lacy.t1()
    found = bank_next(kinship_matrix(book), book.mask("CDFG"), book.mask("C"), np.full(7, 0.3))
    of_donor = next(each for each in found if book.ids[each.animal] == "C")
    assert (of_donor.lost, of_donor.expected) == (0, 0)


def test_bank_next__asks_only_candidates_that_live() -> None:
    book = lacy.t1()
    found = bank_next(
        kinship_matrix(book), book.mask("CDFG"), book.mask(""), np.full(7, 0.3), candidates=book.mask("ACD")
    )
    assert sorted(book.ids[each.animal] for each in found) == ["C", "D"]


def test_bank_next__of_the_last_animal_is_all_there_is() -> None:
    book = lacy.t1()
    (found,) = bank_next(kinship_matrix(book), book.mask("C"), book.mask(""), np.ones(7))
    assert found.expected == pytest.approx(0.5)


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_bank_next__refuses_what_is_no_chance(wrong: float) -> None:
    book = lacy.t1()
    with pytest.raises(ValueError, match="chance of dying"):
        bank_next(kinship_matrix(book), book.mask("CD"), book.mask(""), np.full(7, wrong))


def test_bank_next__refuses_to_choose_fewer_than_none() -> None:
    book = lacy.t1()
    with pytest.raises(ValueError, match="from 0 up"):
        bank_next(kinship_matrix(book), book.mask("CD"), book.mask(""), np.zeros(7), wanted=-1)


def test_bank_next__refuses_what_was_ranked_of_others() -> None:
    book = lacy.t1()
    told = kinship_matrix(book), book.mask("CDFG"), book.mask(""), np.full(7, 0.3)
    alone = bank_next(*told, candidates=book.mask("CD"), wanted=0)
    with pytest.raises(ValueError, match="ranked alone is of other animals"):
        bank_next(*told, alone=alone)
