"""The machine, exhaustively: every step from every state by every person is allowed exactly as the table says."""

from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.transfers.machine import (
    BY_ITSELF,
    COURSE,
    DAYS,
    ENDS,
    EXITS,
    OPEN,
    STEPS,
    Side,
    State,
    course_step,
)
from studbook.transfers.models import Transfer
from studbook.transfers.models.step import DONE_WORDS
from studbook.transfers.step_forms import FORMS
from studbook.transfers.stepping import DEEDS, take_step
from tests.transfers.conftest import Brought, fields_of, yesterday

PEOPLE = {
    "ada": set(Side),
    "rita": {Side.SENDER},
    "remy": {Side.SENDER},
    "rex": {Side.RECEIVER},
    "tara": set(),
    "olga": set(),
    "bo": set(),
    "cy": set(),
}
DOC = Path(settings.BASE_DIR) / "docs" / "transfers.md"


def test_machine__has_a_deed_a_word_and_a_way_for_each_step() -> None:
    assert set(DEEDS) == set(STEPS)
    assert set(STEPS) <= set(DONE_WORDS)
    assert set(FORMS) <= set(STEPS)
    assert set(DAYS) == set(OPEN)
    assert set(ENDS) == {State.CLOSED, *EXITS}


def test_machine__leads_from_each_open_state_to_the_next() -> None:
    for state, following in pairwise(COURSE):
        step = course_step(state)
        assert step is not None
        assert step.to == following
    assert course_step(State.CLOSED) is None


def test_machine__reaches_every_state() -> None:
    reached = {step.to for step in STEPS.values()} | {each.to for each in BY_ITSELF}
    assert reached - {None} == set(State) - {State.PROPOSED}


def test_machine__lets_nothing_but_words_fall_on_what_has_ended() -> None:
    assert {key for key, step in STEPS.items() if set(step.of) & set(ENDS)} == {"comment"}


def test_docs__tell_every_state_step_and_day() -> None:
    text = DOC.read_text(encoding="utf-8")
    for state in State:
        assert f"| {state.label} |" in text
    for key, step in STEPS.items():
        assert f"| `{key}` |" in text
        assert step.about in text
    for state, days in DAYS.items():
        assert f"| {state.label} | {days} |" in text
    for each in BY_ITSELF:
        assert each.about in text


@pytest.mark.parametrize("state", State)
def test_step__is_taken_by_each_person_as_the_table_says(
    state: State, brought: Brought, rex: User, tara: User, request: pytest.FixtureRequest
) -> None:
    users = {person: request.getfixturevalue(person) for person in PEOPLE}
    made = brought(state)
    if state in COURSE[:5]:
        Transfer.objects.filter(pk=made.pk).update(lapses_on=yesterday())
    wrong = [
        (person, key)
        for person, sides in PEOPLE.items()
        for key, step in STEPS.items()
        if _taken(made, key, users[person]) != (state in step.of and bool(sides & step.sides))
    ]
    assert wrong == []


class _TakenBackError(Exception):
    pass


def _taken(made: Transfer, key: str, user: User) -> bool:
    """Take a step and take it back again, with all that was written; tell whether it could be taken."""
    before = Transfer.objects.values().get(pk=made.pk)
    try:
        with transaction.atomic():
            take_step(made, key, by=user, opened_version=None, **fields_of(key, made))
            raise _TakenBackError
    except _TakenBackError:
        return True
    except StudbookError as refusal:
        said = refusal
    assert said.status in (400, 404)
    assert said.sentence.endswith(".")
    assert Transfer.objects.values().get(pk=made.pk) == before
    return False
