import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    Basket,
    Death,
    Exclusion,
    Import,
    ImpossibleStepError,
    Inclusion,
    Offspring,
    Pedigree,
    Population,
    UnknownAnimalError,
    kinship_matrix,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees
from tests.pedigree.test_whatif import Rebuilt, population, steps_for

YOUNG = Offspring("C", "F", 2, ("y1", "y2"))
STEPS = (YOUNG, Death("C"), Offspring("y1", "G", names=("z",)), Exclusion("y2"), Import("X"), Inclusion("A"))


@pytest.fixture
def basket() -> Basket:
    pedigree = lacy.t1()
    return Basket.of(Population.of(pedigree, kinship_matrix(pedigree), pedigree.mask(lacy.LIVING)), STEPS)


def test_basket__keeps_the_population_before_and_after(basket: Basket) -> None:
    assert len(basket) == 6
    assert basket.before.figures.gene_diversity == 0.71875
    assert basket.after.figures.living == 4 + 2 - 1 + 1 - 1 + 1 + 1
    records = [*lacy.RECORDS]
    kept = [animal for animal, here in zip(basket.after.ids, basket.after.living, strict=True) if here]
    assert kept == ["A", "D", "F", "G", "y1", "z", "X"]
    assert len(basket.after) == len(records) + 4


def test_basket__is_the_worked_example_of_its_page(basket: Basket) -> None:
    found = Basket.of(basket.before, [Offspring("C", "F"), Death("G")])
    diversities = [each.figures.gene_diversity for each in found.populations]
    assert diversities == pytest.approx([23 / 32, 0.7125, 1 - 81 / 256], abs=1e-15)


def test_mean_kinships_before__are_nan_for_animals_that_do_not_exist_yet(basket: Basket) -> None:
    before = basket.mean_kinships_before
    assert len(before) == len(basket.after)
    assert np.isnan(before[7:]).all()
    assert before[:7].tolist() == basket.before.mean_kinships.tolist()


def test_undone__goes_back_step_by_step(basket: Basket) -> None:
    for place in range(len(STEPS), 0, -1):
        assert basket.steps == STEPS[:place]
        shorter = Basket.of(basket.before, STEPS[: place - 1])
        basket = basket.undone()
        assert basket.after.figures == shorter.after.figures
        assert np.array_equal(basket.after.mean_kinships, shorter.after.mean_kinships)
    with pytest.raises(ImpossibleStepError, match="basket is empty"):
        basket.undone()


def test_without_step__takes_out_any_step(basket: Basket) -> None:
    found = basket.without_step(1)
    assert found.steps == STEPS[:1] + STEPS[2:]
    other = Basket.of(basket.before, found.steps)
    assert np.array_equal(found.after.mean_kinships, other.after.mean_kinships)


def test_without_step__is_refused_when_a_later_step_needs_it(basket: Basket) -> None:
    with pytest.raises(UnknownAnimalError, match="Animal y1 is not in the pedigree"):
        basket.without_step(0)


@pytest.mark.parametrize("place", [-1, 6])
def test_without_step__is_refused_where_there_is_none(basket: Basket, place: int) -> None:
    with pytest.raises(ImpossibleStepError, match="holds 6 steps"):
        basket.without_step(place)


def test_basket__without_steps_changes_nothing(basket: Basket) -> None:
    empty = Basket.of(basket.before)
    assert empty.after is empty.before
    assert isinstance(empty.before.pedigree, Pedigree)


@pytest.mark.slow
@given(pedigrees(), st.data())
def test_basket__equals_the_full_recomputation_after_every_step(records, data) -> None:
    living = data.draw(chosen(records))
    basket, rebuilt = Basket.of(population(records, living)), Rebuilt(records, living)
    for number in range(5):
        step = steps_for(data.draw, list(basket.after.ids), rebuilt.living, number)
        if step is not None:
            rebuilt.take(step)
            basket = basket.with_step(step)
            rebuilt.same_as(basket.after)
    before = basket.before.mean_kinships.tolist()
    assert basket.mean_kinships_before[: len(records)].tolist() == pytest.approx(before, nan_ok=True)


@pytest.mark.slow
@given(pedigrees(), st.data())
def test_without_step__equals_the_full_recomputation_of_what_is_left(records, data) -> None:
    living = data.draw(chosen(records))
    basket = Basket.of(population(records, living))
    rebuilt = Rebuilt(records, living)
    for number in range(4):
        step = steps_for(data.draw, list(basket.after.ids), rebuilt.living, number)
        if step is not None:
            rebuilt.take(step)
            basket = basket.with_step(step)
    if not basket.steps:
        return
    place = data.draw(st.integers(0, len(basket) - 1))
    try:
        found = basket.without_step(place)
    except (ImpossibleStepError, UnknownAnimalError):
        return
    left = Rebuilt(records, living)
    for step in found.steps:
        left.take(step)
    left.same_as(found.after)
