"""What came of former plans as bars of one length: fulfilled, attempted, not attempted."""

from collections.abc import Sequence
from dataclasses import dataclass

from studbook.core.templatetags.studbook import percent
from studbook.planning.outcomes.rates import Rate
from studbook.planning.paper.former_rates import plan_words, rates_in
from studbook.planning.paper.plain import Plain
from studbook.population.figures import WIDTH

LEFT, RIGHT, TOP, BAR, STEP, HEAD = 108.0, 96.0, 4.0, 10.0, 16.0, 18.0


@dataclass(frozen=True, slots=True)
class OutcomeBar:
    """One kind of recommendation of one plan; the widths are of the fulfilled and of the attempted."""

    plan: str
    kind: str
    words: str
    y: float
    text_y: float
    fulfilled: float
    attempted_x: float
    attempted: float


@dataclass(frozen=True, slots=True)
class PlanHead:
    """The plan that the bars under it are of."""

    words: str
    y: float
    running: bool


@dataclass(frozen=True, slots=True)
class OutcomeFigure:
    """Everything the template of the drawing places."""

    heads: list[PlanHead]
    bars: list[OutcomeBar]
    height: float
    width: float = WIDTH
    left: float = LEFT
    length: float = WIDTH - LEFT - RIGHT
    words_x: float = WIDTH - RIGHT + 6
    bar: float = BAR


def outcome_figure(former: Sequence[Plain]) -> OutcomeFigure | None:
    """Return the drawing, the newest plan first; None where nothing that a plan recommended had its chance."""
    heads: list[PlanHead] = []
    bars: list[OutcomeBar] = []
    y = TOP
    for plan in former:
        counted = [each for each in rates_in(plan) if each.number]
        if not counted:
            continue
        heads.append(PlanHead(plan["title"], y + BAR, counted[0].running))
        y += HEAD
        for each in counted:
            bars.append(_bar(plan_words(plan["title"], each), each, y))
            y += STEP
    return OutcomeFigure(heads, bars, y + 2) if bars else None


def _bar(plan: str, each: Rate, y: float) -> OutcomeBar:
    number, length = each.number, WIDTH - LEFT - RIGHT
    fulfilled = round(length * each.fulfilled / number, 2)
    return OutcomeBar(
        plan,
        each.label,
        f"{each.fulfilled} of {number} ({percent(each.fulfilled / number, 0)})",
        y,
        y + BAR - 1.5,
        fulfilled,
        LEFT + fulfilled,
        round(length * each.attempted / number, 2),
    )
