"""The rows of a plan: a pure function of what it says, in the columns that plans are printed in."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studbook.accounts.models import User
from studbook.planning.actions import recommend_pair
from studbook.planning.models import Plan, Recommendation
from studbook.planning.plans.lines import Line, PairLine, Place, PlanLines, apart
from studbook.planning.plans.reading import lines_of
from studbook.planning.plans.rows import COLUMNS, rows_from, rows_of
from studbook.planning.plans.saying import fill_in
from tests.planning.conftest import SmallBook
from tests.planning.plans.conftest import REASON

SIRE = Line(1, 11, "853", "Baruto", "M", 14.5, "living", "M0429", 1)
DAM = Line(2, 12, "832", "Khala", "F", 15.4, "living", "S0478", 2)
PLACES = (Place(1, "MULHOUSE", "Mulhouse", "Mulhouse, FR"), Place(2, "STOCKHOLM", "Mälarens Djurpark"))
PAIR = PairLine(5, "853", "832")


def rows(*animals: Line, pairs: tuple[PairLine, ...] = (PAIR,)) -> dict[str, list[tuple[str, ...]]]:
    found = rows_from(PlanLines(animals, pairs, PLACES))
    return {each.short: [row.cells for row in each.rows] for each in found}


def test_rows_from__holds_a_pair_where_it_is() -> None:
    found = rows(SIRE, replace(DAM, holder=1), pairs=(replace(PAIR, litters=2, notes="Not before June"),))
    assert (COLUMNS[0], len(COLUMNS)) == ("SB ID", 9)
    assert found == {
        "MULHOUSE": [
            ("832", "S0478", "F", "15 y", "HOLD", "MULHOUSE", "BREED WITH", "853 Baruto", "Pair 1. 2 litters. Not before June."),
            ("853", "M0429", "M", "14 y", "HOLD", "MULHOUSE", "BREED WITH", "832 Khala", "Pair 1. 2 litters. Not before June."),
        ]
    }  # fmt: skip


def test_rows_from__names_an_animal_in_transfer_twice() -> None:
    sent = replace(DAM, disposition="send", destination=1, reason="To breed there")
    found = rows(SIRE, sent)
    assert [each[4:8] for each in found["STOCKHOLM"]] == [("SEND TO", "MULHOUSE", "BREED WITH", "853 Baruto")]
    assert found["MULHOUSE"][-1] == (
        "832", "–", "F", "15 y", "RECEIVE FROM", "STOCKHOLM", "BREED WITH", "853 Baruto", "Pair 1. To breed there.",
    )  # fmt: skip


def test_rows_from__says_that_one_has_arrived() -> None:
    arrived = replace(DAM, disposition="send", destination=1, holder=1, came_from=2, local_id="M1")
    found = rows(SIRE, arrived)
    assert found["STOCKHOLM"][0][4:6] == ("SEND TO", "MULHOUSE")
    assert found["MULHOUSE"][-1][1] == "M1"
    assert "Has arrived." in found["MULHOUSE"][-1][-1]


def test_rows_from__tells_who_lives_apart_and_needs_a_move() -> None:
    found = rows(SIRE, DAM)
    assert (
        found["MULHOUSE"][0][-1]
        == "Pair 1. 832 Khala lives at STOCKHOLM. Which of the two moves is to be agreed."
    )
    assert apart(PlanLines((SIRE, DAM), (PAIR,), PLACES)) == (PAIR,)


@pytest.mark.parametrize(
    ("method", "of_sire", "of_dam"),
    [
        (
            "insemination",
            "Pair 1: semen is taken for the insemination of 832 Khala at STOCKHOLM.",
            "Pair 1: insemination with semen of 853 Baruto.",
        ),
        ("banked", "Pair 1: banked semen is used.", "Pair 1: insemination with banked semen of 853 Baruto."),
    ],
)
def test_rows_from__lets_nobody_move_for_an_insemination(method: str, of_sire: str, of_dam: str) -> None:
    pair = replace(PAIR, method=method)
    found = rows(SIRE, DAM, pairs=(pair,))
    assert (found["MULHOUSE"][0][-1], found["STOCKHOLM"][0][-1]) == (of_sire, of_dam)
    assert apart(PlanLines((SIRE, DAM), (pair,), PLACES)) == ()


def test_rows_from__names_all_mates_and_which_are_only_possible() -> None:
    other = replace(DAM, row=3, animal=13, number="807", name="Namara", holder=1)
    near = replace(DAM, holder=1)
    second = replace(PAIR, pair=6, dam="807", if_possible=True)
    found = {each[0]: each for each in rows(SIRE, near, other, pairs=(PAIR, second))["MULHOUSE"]}
    assert found["853"][6:8] == ("BREED WITH", "832 Khala, 807 Namara (if possible)")
    assert found["807"][6:8] == ("IF POSSIBLE", "853 Baruto")


@pytest.mark.parametrize(
    ("breeding", "shown"), [("do not breed", "DO NOT BREED"), ("see notes", "SEE NOTES"), ("", "–")]
)
def test_rows_from__says_what_the_plan_says_of_breeding(breeding: str, shown: str) -> None:
    found = rows(replace(SIRE, breeding=breeding, excluded="Hybrid"), pairs=())
    assert found["MULHOUSE"][0][6:] == (shown, "–", "Excluded: Hybrid.")


def test_rows_from__says_nothing_but_the_death_of_the_dead() -> None:
    dead = replace(SIRE, status="dead", death="2026-03-01", notes="Died during the comment period")
    assert rows(dead)["MULHOUSE"][0][4:] == (
        "–", "MULHOUSE", "–", "–", "Dead (2026-03-01). Died during the comment period.",
    )  # fmt: skip


def test_rows_from__puts_a_place_not_known_last() -> None:
    assert list(rows(SIRE, replace(DAM, holder=None), pairs=())) == ["MULHOUSE", "?"]


def test_lines__come_back_from_what_a_version_keeps() -> None:
    lines = PlanLines((SIRE, DAM), (PAIR,), PLACES)
    kept = lines.as_dict()
    kept["animals"][0]["of_a_later_program"] = 1
    assert PlanLines.from_dict(kept) == lines


@pytest.mark.django_db
def test_rows_of__takes_as_many_queries_for_many_animals(
    draft: Plan, khala_baruto: Recommendation, book: SmallBook, ada: User
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        rows_of(draft)
    recommend_pair(book.programme, sire=book.brother, dam=book.sister, reason=REASON * 2, by=ada)
    fill_in(draft, by=ada)
    with CaptureQueriesContext(connection) as many:
        found = rows_of(draft)
    assert len(few) == len(many)
    assert {row.line.number for each in found for row in each.rows} == {"11", "12", "21", "22", "31"}
    assert lines_of(draft).pairs[0].method == "insemination"
