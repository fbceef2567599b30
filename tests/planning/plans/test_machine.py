"""The table of a plan's steps, and the page that tells it in prose."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from studbook.planning.models import Plan, PlanVersion
from studbook.planning.plans.machine import COURSE, STEPS, Step, steps_from
from studbook.planning.plans.step_views import DEEDS, DONE_WORDS, FORMS

PAGE = (Path(settings.BASE_DIR) / "docs" / "plans.md").read_text(encoding="utf-8")


def line_of(step: Step) -> str:
    states = ", ".join(str(each.label) for each in step.of)
    freezes = PlanVersion.Kind(step.freezes).label if step.freezes else "–"
    return f"| `{step.key}` | {states} | {Plan.State(step.to).label} | {freezes} | {step.about} |"


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_page__tells_each_step(step: Step) -> None:
    assert line_of(step) in PAGE


def test_page__tells_no_other_step() -> None:
    assert re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE) == list(STEPS)


def test_steps__have_their_deed_their_form_and_their_words() -> None:
    assert DEEDS.keys() == FORMS.keys() == DONE_WORDS.keys() == STEPS.keys()


def test_steps__lead_on_from_every_state_that_is_open() -> None:
    assert {state: bool(steps_from(state)) for state in Plan.State} == {
        state: state in Plan.OPEN for state in Plan.State
    }
    assert set(COURSE) == set(Plan.State) - {Plan.State.DISCARDED}
