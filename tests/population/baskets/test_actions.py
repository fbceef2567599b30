"""A basket is made, filled, changed, copied and put away: what is kept, what is refused, what the trail tells."""

from typing import Any

import pytest

from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditEntry
from studbook.population.baskets.actions import copy_basket, edit_basket, make_basket, put_into
from studbook.population.baskets.drafts import StepDraft, litters
from studbook.population.baskets.rules import MOST_STEPS
from studbook.population.baskets.stepping import add_steps, remove_step, undo_last
from studbook.population.models import Basket, BasketNewcomer, BasketStep
from studbook.population.models.basket import LONGEST_LABEL
from studbook.population.set_beside import archive, restore
from studbook.programmes.changes import RightEndedError
from tests.factories import AnimalFactory, BasketFactory, FounderFactory
from tests.population.conftest import DEAD, Family

LITTER = StepDraft("litter", sire="5", dam="8", litter=2)
IMPORT = StepDraft("import", label="W1", sex="F")


def told(basket: Basket) -> list[str]:
    return [str(step) for step in BasketStep.objects.whole().filter(basket=basket)]


def test_make_basket__keeps_name_note_maker_and_a_trail(family: Family, ada: Any) -> None:
    revision = family.programme.revision
    basket = make_basket(family.programme, name=" Cubs ", note=" Two? ", by=ada)
    family.programme.refresh_from_db()
    assert (basket.name, basket.note, basket.made_by, basket.version) == ("Cubs", "Two?", ada, 1)
    assert family.programme.revision == revision
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.reason) == ("make basket", ada, "Two?")


def test_make_basket__refuses_no_name_and_one_in_use(basket: Basket) -> None:
    for name, sentence in ((" ", "needs a name"), ("CUBS", "A basket named CUBS exists already")):
        with pytest.raises(StudbookError, match=sentence) as refusal:
            make_basket(basket.programme, name=name, by=None)
        assert refusal.value.field == "name"
    archive(basket, by=None, reason="Tried.", opened_version=1)
    assert make_basket(basket.programme, name="Cubs", by=None).name == "Cubs"
    with pytest.raises(StudbookError, match=r"named Cubs exists already\. Rename that one, or archive it"):
        restore(basket, by=None, opened_version=2)


def test_make_basket__with_an_impossible_step_makes_nothing(family: Family) -> None:
    with pytest.raises(StudbookError, match="is female and cannot be a sire"):
        make_basket(family.programme, name="Cubs", by=None, drafts=litters([("6", "8")]))
    assert not Basket.objects.exists()
    assert not AuditEntry.objects.exists()


def test_edit_basket__raises_its_version(basket: Basket, ada: Any) -> None:
    edit_basket(basket, name="Cubs of 2025", note="", by=ada, opened_version=1)
    basket.refresh_from_db()
    assert (basket.name, basket.version) == ("Cubs of 2025", 2)
    with pytest.raises(StaleRecordError):
        edit_basket(basket, name="Mine", note="", by=ada, opened_version=1)


def test_add_steps__keeps_every_kind_in_order_with_its_newcomers(basket: Basket, ada: Any) -> None:
    revision = basket.programme.revision
    kin = StepDraft("import", sex="M", kinships=(("5", 0.125), ("W1", 0.25)))
    drafts = [LITTER, IMPORT, kin, StepDraft("litter", sire="i1", dam="w1"), StepDraft("death", animal="7")]
    drafts += [StepDraft("exclusion", animal="Y1"), StepDraft("inclusion", animal="1")]
    add_steps(basket, drafts, by=ada, opened_version=1)
    assert told(basket) == [
        "litter of 5 Cat 5 × 8 Cat 8",
        "import of W1",
        "import of I1",
        "litter of I1 × W1",
        "death of 7 Cat 7",
        "exclusion of Y1",
        "inclusion of 1",
    ]
    labels = BasketNewcomer.objects.order_by("id").values_list("label", flat=True)
    assert list(labels) == ["Y1", "Y2", "W1", "I1", "Y3"]
    assert [(each.kinship, str(each.party)) for each in basket.steps.get(place=3).kinships.all()] == [
        (0.125, "5 Cat 5"),
        (0.25, "W1"),
    ]
    basket.refresh_from_db()
    assert (basket.version, basket.programme.revision) == (2, revision)
    records = [change.record for change in AuditEntry.objects.get().changes.all()]
    assert records.count("population.basketstep") == 7
    assert records.count("population.basketnewcomer") == 5


REFUSED = [
    (StepDraft("litter", sire="", dam="8"), "sire", "Name the animal"),
    (StepDraft("litter", sire="99", dam="8"), "sire", "No animal “99” is in"),
    (StepDraft("litter", sire="5", dam="7"), "dam", "is male and cannot be a dam"),
    (StepDraft("litter", sire="20", dam="20"), "dam", "cannot be both sire and dam"),
    (StepDraft("litter", sire="5", dam="8", litter=0), "litter", "A litter of 0 cannot be added"),
    (StepDraft("litter", sire="5", dam="8", litter=13), "litter", "Give 1 to 12 young"),
    (StepDraft("import", label="5"), "label", "is the studbook number of an animal"),
    (StepDraft("import", label="a b"), "label", "cannot be told from other words"),
    (StepDraft("import", label="wild"), "label", "cannot be told from other words"),
    (StepDraft("import", label="x" * 21), "label", "a label of 1 to 20 signs"),
    (StepDraft("import", kinships=(("99", 0.1),)), "kinships", "No animal “99”"),
    (StepDraft("import", kinships=(("5", 0.1), ("5", 0.2))), "kinships", "is given two kinships"),
    (StepDraft("import", kinships=(("5", 0.9),)), "kinships", "cannot have the kinship 0.9 with 5"),
    (StepDraft("death", animal="1"), "animal", "1 is dead by the book, so it is not counted"),
    (StepDraft("exclusion", animal="Y1"), "animal", "No animal “Y1”"),
    (StepDraft("inclusion", animal="5"), "animal", "in the population measured already"),
]


@pytest.mark.parametrize(("draft", "field", "sentence"), REFUSED)
def test_add_steps__refuses_at_the_field_and_adds_none(
    family: Family, basket: Basket, draft: StepDraft, field: str, sentence: str
) -> None:
    AnimalFactory(programme=family.programme, studbook_number="20", sex="U")
    with pytest.raises(StudbookError, match=sentence) as refusal:
        add_steps(basket, [StepDraft("death", animal="9"), draft], by=None)
    assert refusal.value.field == field
    assert not BasketStep.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(("letter", "step"), [("Y", LITTER), ("I", StepDraft("import", sex="F"))])
def test_add_steps__labels_newcomers_beside_the_longest_that_somebody_wrote(
    basket: Basket, letter: str, step: StepDraft
) -> None:
    long = [letter + "9" * (LONGEST_LABEL - 1), f"{letter}999999"]
    add_steps(basket, [StepDraft("import", label=label, sex="F") for label in long], by=None)
    add_steps(basket, [step, step], by=None)
    made = [each.label for each in BasketNewcomer.objects.order_by("id")][2:]
    assert len(made) == len({*made}) == 2 * (step.litter if step.kind == "litter" else 1)
    assert all(label.startswith(f"{letter}10000") for label in made)


def test_add_steps__refuses_a_label_twice_and_a_stale_form(basket: Basket) -> None:
    add_steps(basket, [IMPORT], by=None, opened_version=1)
    with pytest.raises(StudbookError, match="has a newcomer w1 already"):
        add_steps(basket, [StepDraft("import", label="w1")], by=None)
    with pytest.raises(StaleRecordError):
        add_steps(basket, [LITTER], by=None, opened_version=1)
    assert told(basket) == ["import of W1"]


def test_add_steps__refuses_a_void_animal_and_more_than_a_basket_holds(
    family: Family, basket: Basket
) -> None:
    AnimalFactory(programme=family.programme, studbook_number="30", status="void")
    with pytest.raises(StudbookError, match="No animal “30”"):
        add_steps(basket, [StepDraft("death", animal="30")], by=None)
    with pytest.raises(StudbookError, match="one basket holds no more"):
        add_steps(basket, [LITTER] * (MOST_STEPS + 1), by=None)


def test_add_steps__leaves_numbers_of_the_book_to_the_book(family: Family, basket: Basket) -> None:
    FounderFactory(programme=family.programme, studbook_number="y2", **DEAD)
    add_steps(basket, [LITTER], by=None)
    assert list(BasketNewcomer.objects.values_list("label", flat=True)) == ["Y1", "Y3"]


def test_add_steps__asks_for_the_right_under_the_lock(basket: Basket, olga: Any) -> None:
    with pytest.raises(RightEndedError):
        add_steps(basket, [LITTER], by=olga)


def test_undo_last__goes_back_step_by_step(basket: Basket, ada: Any) -> None:
    add_steps(basket, [LITTER, IMPORT], by=ada)
    assert str(undo_last(basket, by=ada, opened_version=2)) == "import of W1"
    assert told(basket) == ["litter of 5 Cat 5 × 8 Cat 8"]
    undo_last(basket, by=ada, opened_version=3)
    with pytest.raises(StudbookError, match="is empty, so there is no step to undo"):
        undo_last(basket, by=ada, opened_version=4)
    assert AuditEntry.objects.filter(verb="undo what-if").count() == 2


def test_remove_step__takes_out_any_step(basket: Basket, ada: Any) -> None:
    first, _, _ = add_steps(basket, [LITTER, IMPORT, StepDraft("death", animal="7")], by=ada)
    remove_step(first, by=ada, opened_version=2)
    assert told(basket) == ["import of W1", "death of 7 Cat 7"]
    changes = AuditEntry.objects.get(verb="take out what-if").changes.all()
    assert {each.record for each in changes if each.after is None} == {
        "population.basketstep",
        "population.basketnewcomer",
    }


def test_remove_step__is_refused_when_a_later_one_names_its_newcomer(basket: Basket) -> None:
    litter, _, kin = add_steps(
        basket, [LITTER, StepDraft("litter", sire="Y1", dam="6"), StepDraft("import")], by=None
    )
    with pytest.raises(StudbookError, match="Step 1 brings Y1, and step 2, the litter of Y1 × 6") as refusal:
        remove_step(litter, by=None, opened_version=2)
    assert refusal.value.status == 409
    add_steps(basket, [StepDraft("import", label="K", kinships=(("I1", 0.25),))], by=None)
    with pytest.raises(StudbookError, match="Step 3 brings I1, and step 4, the import of K, needs it"):
        remove_step(kin, by=None, opened_version=3)
    assert len(told(basket)) == 4


def test_remove_step__is_refused_when_a_later_one_could_not_be(basket: Basket) -> None:
    death, back = StepDraft("death", animal="7"), StepDraft("inclusion", animal="7")
    step, _ = add_steps(basket, [death, back], by=None)
    with pytest.raises(StudbookError, match="Without step 1, the death of 7 Cat 7, step 2"):
        remove_step(step, by=None, opened_version=2)
    assert len(told(basket)) == 2


def test_archived_basket__stays_as_it_is(basket: Basket) -> None:
    (step,) = add_steps(basket, [LITTER], by=None)
    archive(basket, by=None, reason="Tried.", opened_version=2)
    for deed in (
        lambda: add_steps(basket, [IMPORT], by=None),
        lambda: remove_step(step, by=None, opened_version=3),
        lambda: undo_last(basket, by=None, opened_version=3),
        lambda: edit_basket(basket, name="New", note="", by=None, opened_version=3),
    ):
        with pytest.raises(StudbookError, match="Restore it first"):
            deed()
    restore(basket, by=None, opened_version=3)
    add_steps(basket, [IMPORT], by=None, opened_version=4)
    assert len(told(basket)) == 2


def test_copy_basket__is_changed_apart(basket: Basket, ada: Any) -> None:
    kin = StepDraft("import", kinships=(("5", 0.125), ("Y1", 0.1)))
    add_steps(basket, [LITTER, kin, StepDraft("litter", sire="Y1", dam="I1")], by=ada)
    copy = copy_basket(basket, name="Cubs, more", by=ada)
    assert told(copy) == told(basket)
    assert set(BasketNewcomer.objects.filter(step__basket=copy).values_list("label", flat=True)) == {
        "Y1", "Y2", "Y3", "I1",
    }  # fmt: skip
    own = {each.pk for each in BasketNewcomer.objects.filter(step__basket=copy)}
    assert copy.steps.get(place=3).sire_newcomer_id in own
    assert [each.newcomer_id in own for each in copy.steps.get(place=2).kinships.order_by("id")] == [
        False,
        True,
    ]
    undo_last(copy, by=ada, opened_version=1)
    assert (len(told(copy)), len(told(basket))) == (2, 3)
    with pytest.raises(StudbookError, match="named Cubs exists already"):
        copy_basket(basket, name="Cubs", by=ada)


def test_put_into__adds_to_one_or_makes_one(basket: Basket, ada: Any) -> None:
    assert put_into(basket.programme, target=basket, drafts=[LITTER], by=ada) == basket
    made = put_into(basket.programme, target=None, name="New", drafts=[LITTER], by=ada)
    assert (told(made), made.name) == (told(basket), "New")


def test_basket__of_one_programme_does_not_know_the_newcomers_of_another(basket: Basket) -> None:
    add_steps(basket, [LITTER], by=None)
    with pytest.raises(StudbookError, match="No animal “Y1”"):
        add_steps(BasketFactory(programme=basket.programme), [StepDraft("death", animal="Y1")], by=None)
