"""A basket on the book: its figures are those of the book with the steps written into it, and it says what cannot be any more."""

import numpy as np
import pytest

from studbook.animals.models import Animal
from studbook.population.analysis import analysis_of, clear_cache
from studbook.population.basis import Basis
from studbook.population.baskets.drafts import StepDraft
from studbook.population.baskets.engine import steps_of
from studbook.population.baskets.moves import moves_of
from studbook.population.baskets.proposals import best_next, candidates_after
from studbook.population.baskets.reckoning import reckoned
from studbook.population.baskets.stepping import add_steps
from studbook.population.models import Basket
from tests.factories import AnimalFactory, AssumptionFactory, FounderFactory, OverlayFactory
from tests.population.baskets.conftest import reckon
from tests.population.conftest import DEAD, Family

STEPS = (
    StepDraft("litter", sire="5", dam="8", litter=2),
    StepDraft("import", sex="F"),
    StepDraft("litter", sire="9", dam="I1"),
    StepDraft("death", animal="7"),
    StepDraft("exclusion", animal="10"),
)


def write_into_the_book(family: Family) -> None:
    """Let everything that the steps try happen."""
    programme = family.programme
    for number in ("Y1", "Y2"):
        AnimalFactory(programme=programme, studbook_number=number, sire=family[5], dam=family[8], sex="U")
    wild = FounderFactory(programme=programme, studbook_number="I1", sex="F")
    AnimalFactory(programme=programme, studbook_number="Y3", sire=family[9], dam=wild, sex="U")
    Animal.objects.filter(studbook_number__in=["7", "10"]).update(status="released")


def test_reckoned__equals_the_book_with_the_steps_written_into_it(family: Family, basket: Basket) -> None:
    add_steps(basket, STEPS, by=None)
    found = reckon(basket)
    moves = {move.label: move for each in moves_of(found) for move in each.moves}
    write_into_the_book(family)
    clear_cache()
    book = analysis_of(family.programme)
    summary = book.summary
    assert summary is not None
    assert found.then.living == summary.living == 8
    assert found.then.gene_diversity == pytest.approx(summary.gene_diversity, abs=1e-12)
    assert found.then.mean_kinship == pytest.approx(summary.mean_kinship, abs=1e-12)
    assert found.then.mean_inbreeding == pytest.approx(summary.mean_inbreeding, abs=1e-12)
    assert found.then.founder_genome_equivalents == pytest.approx(
        summary.founder_genome_equivalents, abs=1e-12
    )
    for row in np.flatnonzero(book.measured):
        move = moves[book.population.ids[row]]
        assert move.mean_kinship_after == pytest.approx(book.mean_kinships[row], abs=1e-12)
        assert move.rank_after == book.rank[row]


def test_reckoned__tells_the_effect_of_each_step(basket: Basket) -> None:
    add_steps(basket, STEPS, by=None)
    found = reckon(basket)
    assert [taken.after.living for taken in found.steps] == [8, 9, 10, 9, 8]
    for before, after in zip(found.steps, found.steps[1:], strict=False):
        assert before.after == after.before
    total = sum(taken.changes["gene_diversity"] or 0 for taken in found.steps)
    assert total == pytest.approx(found.changes["gene_diversity"])
    assert found.refused == 0


def test_reckoned__an_empty_basket_changes_nothing(basket: Basket) -> None:
    found = reckon(basket)
    assert found.now == found.then
    assert {move.direction for each in moves_of(found) for move in each.moves} == {"same"}


def test_reckoned__says_what_cannot_be_any_more_and_goes_on(family: Family, basket: Basket) -> None:
    drafts = [
        StepDraft("death", animal="7"),
        StepDraft("litter", sire="5", dam="8"),
        StepDraft("litter", sire="9", dam="6"),
        StepDraft("litter", sire="Y2", dam="10"),
    ]
    add_steps(basket, drafts, by=None)
    Animal.objects.filter(studbook_number="7").update(status="released")
    Animal.objects.filter(studbook_number="9").update(sex="F")
    clear_cache()
    found = reckon(basket)
    assert [bool(taken.refusal) for taken in found.steps] == [True, False, True, True]
    assert "7 Cat 7 is released by the book, so it is not counted any more" in found.steps[0].refusal
    assert found.steps[2].refusal == "9 Cat 9 is female and cannot be a sire. Name a male."
    assert "It needs Y2, and the step that brings it cannot be" in found.steps[3].refusal
    assert found.steps[0].after == found.now
    assert (found.refused, found.then.living) == (3, 6)


def test_reckoned__says_that_a_record_is_void(family: Family, basket: Basket) -> None:
    add_steps(basket, [StepDraft("death", animal="10")], by=None)
    Animal.objects.filter(studbook_number="10").update(status="void")
    clear_cache()
    (taken,) = reckon(basket).steps
    assert "10 Cat 10 is not in the pedigree any more: its record is void" in taken.refusal


def test_reckoned__a_number_given_since_stands_in_the_way(family: Family, basket: Basket) -> None:
    add_steps(basket, [StepDraft("import", label="W1", sex="F")], by=None)
    FounderFactory(programme=family.programme, studbook_number="W1")
    clear_cache()
    assert "W1 is in the population's records already" in reckon(basket).steps[0].refusal


def test_reckoned__dead_parents_are_donors_and_told_as_such(family: Family, basket: Basket) -> None:
    donor = FounderFactory(programme=family.programme, studbook_number="40", sex="M", **DEAD)
    drafts = [
        StepDraft("litter", sire="40", dam="8"),
        StepDraft("death", animal="8"),
        StepDraft("litter", sire="5", dam="8"),
    ]
    add_steps(basket, drafts, by=None)
    found = reckon(basket)
    assert found.steps[0].cautions == (
        f"{donor} is dead: the young need stored semen. No semen of his is in store.",
    )
    assert "8 Cat 8 is not counted any more before this step" in found.steps[2].cautions[0]
    assert "stored eggs or embryos" in found.steps[2].cautions[0]
    assert found.refused == 0
    # A founder that left nothing is unrelated to all, so his young adds a genome.
    assert (found.steps[0].changes["gene_diversity"] or 0) > 0


def test_reckoned__a_donor_can_be_counted_again(family: Family, basket: Basket) -> None:
    add_steps(basket, [StepDraft("inclusion", animal="1"), StepDraft("exclusion", animal="9")], by=None)
    found = {move.label: move for each in moves_of(reckon(basket)) for move in each.moves}
    assert (found["1"].direction, found["1"].words, found["1"].is_new) == ("back", "returns", False)
    assert (found["9"].direction, found["9"].words, found["9"].rank_after) == ("out", "leaves", None)


def test_reckoned__stands_on_overlays(family: Family, basket: Basket) -> None:
    add_steps(basket, [StepDraft("death", animal="7")], by=None)
    overlay = OverlayFactory(programme=family.programme)
    AssumptionFactory(overlay=overlay, animal=family[7])
    steps = list(steps_of(basket))
    found = reckoned(Basis(family.programme, (overlay,)), steps)
    assert "so it cannot leave it" in found.steps[0].refusal
    assert found.now.living == 5


def test_moves__say_who_is_new_and_how_ranks_move(basket: Basket) -> None:
    add_steps(basket, [StepDraft("litter", sire="5", dam="8", litter=4)], by=None)
    lists = {each.sex: each for each in moves_of(reckon(basket))}
    assert (lists["U"].now, lists["U"].after) == (0, 4)
    assert {(move.direction, move.mark, move.animal) for move in lists["U"].moves} == {("new", "+", None)}
    males = {move.label: move for move in lists["M"].moves}
    assert (males["5"].change or 0) > (males["7"].change or 0)
    assert males["5"].direction in ("down", "same")
    ranks = [move.rank_after for move in lists["M"].moves]
    assert ranks == sorted(ranks, key=lambda rank: rank or 0)


def test_best_next__is_of_those_counted_and_of_breeding_age(family: Family, basket: Basket) -> None:
    add_steps(basket, [StepDraft("import", sex="F"), StepDraft("death", animal="7")], by=None)
    found = reckon(basket)
    proposals = best_next(found, candidates_after(found))
    assert proposals[0].dam.label == "I1"
    assert proposals[0].dam.breeder is None
    assert proposals[0].sire.breeder is not None
    named = {side.label for each in proposals for side in (each.sire, each.dam)}
    assert "7" not in named
    gains = [each.choice.delta_gd for each in proposals]
    assert gains == sorted(gains, reverse=True)
    limit = family.programme.offspring_inbreeding_limit
    assert all(each.choice.f_offspring < limit for each in proposals)
