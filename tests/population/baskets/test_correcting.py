"""What is only tried never stands in the way of the book: records are merged and made void, and a basket tells of it."""

from typing import Any

from studbook.animals.correcting.actions import void_animal
from studbook.animals.correcting.merging import merge_animals
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.population.analysis import clear_cache
from studbook.population.baskets.drafts import StepDraft, litters
from studbook.population.baskets.stepping import add_steps
from studbook.population.models import Basket
from tests.factories import animal_at
from tests.population.baskets.conftest import reckon
from tests.population.conftest import Family


def test_void__leaves_the_step_and_says_so(family: Family, basket: Basket, ada: Any) -> None:
    born = DateInterval.parse("2014-05-01")
    written_twice = animal_at(family.zoo, programme=family.programme, studbook_number="50", birth=born)
    add_steps(basket, [StepDraft("death", animal="50"), *litters([("5", "8")])], by=None)
    void_animal(written_twice, by=ada, reason="Written twice.", opened_version=1)
    clear_cache()
    found = reckon(basket)
    assert [bool(taken.refusal) for taken in found.steps] == [True, False]
    assert "its record is void" in found.steps[0].refusal


def twice(family: Family, **columns: Any) -> Animal:
    """Return a second record of 9."""
    told = {"studbook_number": "51", "sex": "M", "sire": family[5], "dam": family[8]} | columns
    born = DateInterval.parse("2020-05-01")
    made: Animal = animal_at(family.zoo, programme=family.programme, birth=born, **told)
    return made


def merged(family: Family, again: Animal, ada: Any) -> None:
    merge_animals(
        Animal.objects.get(pk=family[9].pk),
        again,
        by=ada,
        choices={},
        reason="One animal, two cards.",
        opened_version=family[9].version,
        other_version=again.version,
        acknowledged=("A4", "A6", "C11", "B11", "B12"),
    )
    clear_cache()


def test_merge__is_not_kept_back_by_what_is_only_tried(family: Family, basket: Basket, ada: Any) -> None:
    again = twice(family)
    kin = StepDraft("import", kinships=(("9", 0.125), ("51", 0.125)))
    add_steps(basket, [kin, *litters([("5", "8")])], by=None)
    merged(family, again, ada)
    found = reckon(basket)
    assert [bool(taken.refusal) for taken in found.steps] == [True, False]
    assert "its record is void" in found.steps[0].refusal


def test_merge__of_the_two_of_a_litter_leaves_the_step_and_says_so(
    family: Family, basket: Basket, ada: Any
) -> None:
    again = twice(family, sex="U")
    add_steps(basket, litters([("9", "51"), ("5", "8")]), by=None)
    merged(family, again, ada)
    found = reckon(basket)
    assert [bool(taken.refusal) for taken in found.steps] == [True, False]


def test_merge__is_followed_by_the_steps(family: Family, basket: Basket, ada: Any) -> None:
    kin = StepDraft("import", kinships=(("51", 0.125),))
    again = twice(family)
    add_steps(basket, [*litters([("51", "6")]), kin], by=None)
    merged(family, again, ada)
    found = reckon(basket)
    assert found.refused == 0
    assert [str(taken.step) for taken in found.steps] == ["litter of 9 Cat 9 × 6 Cat 6", "import of I1"]
    assert found.steps[1].step.kinships.all()[0].animal == family[9]
