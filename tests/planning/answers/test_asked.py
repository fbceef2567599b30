"""What institutions are asked reads as the plan's own rows do: page, file and printed plan never differ."""

from datetime import date

import pytest

from studbook.planning.answers.exports import answer_table
from studbook.planning.models import PlanAnimal, Recommendation
from studbook.planning.plans.lines import breeding_word
from studbook.planning.plans.rows import rows_of
from tests import factories
from tests.planning.answers.conftest import OpenPlan
from tests.planning.plans.conftest import bury

pytestmark = pytest.mark.django_db


def of_plan(opened: OpenPlan) -> set[tuple[str, ...]]:
    """Return animal, disposition and breeding of each row, under its institution, as the plan has them."""
    return {
        (each.place.name, row.line.number, row.disposition, row.breeding.strip("–"))
        for each in rows_of(opened.plan)
        for row in each.rows
        if each.place and row.line.is_living
    }


def of_file(opened: OpenPlan) -> set[tuple[str, ...]]:
    lines = [[str(cell) for cell in line] for line in answer_table(opened.plan).lines]
    return {(line[0], line[1], line[3], line[5]) for line in lines}


def arrive(opened: OpenPlan) -> None:
    """Let the sire arrive where the plan sends it."""
    made = factories.TransferAnimalFactory(
        animal=opened.book.sire,
        open=False,
        transfer__programme=opened.book.programme,
        transfer__sender=opened.book.zoo,
        transfer__receiver=opened.book.other_zoo,
    )
    PlanAnimal.objects.filter(pk=opened.sent.pk).update(transfer=made.transfer)
    opened.book.sire.holdings.update(end=date(2026, 3, 1))
    factories.HoldingFactory(
        animal=opened.book.sire, institution=opened.book.other_zoo, start=date(2026, 3, 1)
    )


def test_asked_in__says_what_the_rows_say(opened: OpenPlan) -> None:
    assert of_file(opened) == of_plan(opened)
    Recommendation.objects.update(if_possible=True)
    assert of_file(opened) == of_plan(opened)
    assert "IF POSSIBLE" in {line[3] for line in of_file(opened)}


def test_asked_in__sends_nobody_to_where_it_has_arrived(opened: OpenPlan) -> None:
    arrive(opened)
    assert of_file(opened) == of_plan(opened)
    there = opened.question(opened.sent, opened.book.other_zoo)
    assert (there.disposition, there.place, there.has_arrived) == ("RECEIVE FROM", opened.book.zoo, True)
    assert opened.question(opened.sent).disposition == "SEND TO"


def test_asked_in__asks_nothing_of_the_dead(opened: OpenPlan) -> None:
    bury(opened.book.sire)
    assert of_file(opened) == of_plan(opened)
    assert opened.asked(opened.book.other_zoo).question(opened.sent.pk) is None


@pytest.mark.parametrize(
    ("breeding", "pairs", "word"),
    [
        ("do not breed", [False], "DO NOT BREED"),
        ("see notes", [], "SEE NOTES"),
        ("", [], ""),
        ("", [True, True], "IF POSSIBLE"),
        ("", [True, False], "BREED WITH"),
    ],
)
def test_breeding_word__is_the_rows_own_or_that_of_its_pairs(
    breeding: str, pairs: list[bool], word: str
) -> None:
    assert breeding_word(breeding, pairs) == word
