"""The programme's own history of recommended pairs, as the chance of young is fitted on it."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from studbook.animals.models import Animal
from studbook.planning.models import Plan, Recommendation
from studbook.planning.outcomes.kinds import Kind, Reading
from studbook.planning.outcomes.reading import readings_of
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class PastPair:
    """A pair that a plan recommended from `day` to `until`, and what came of it.

    `fulfilled` counts young born in these days, as plans do; `conceived` young conceived in them, whenever they were
    born: what the pair itself achieved under the plan. `attempted` is true of every pair of which an introduction, a
    mating, an insemination, a pregnancy or young is known.
    """

    pair: Recommendation
    day: date
    until: date
    fulfilled: bool
    conceived: bool
    attempted: bool
    attempt: str
    plan: Plan

    @property
    def sire(self) -> Animal:
        return self.pair.sire

    @property
    def dam(self) -> Animal:
        return self.pair.dam


def history_of(programme: Programme) -> tuple[PastPair, ...]:
    """Return the pairs of closed plans, the oldest plan first; the number of queries does not grow with them.

    A pair that an interim change replaced had no fair chance and is left out, unless it had young before; also where one
    of the two died before it was replaced.
    """
    closed = programme.plans.filter(state=Plan.State.CLOSED).order_by("published_on", "pk")
    readings = readings_of(programme, closed, of=[Recommendation])
    return tuple(_past(each) for each in readings if each.kind == Kind.BREED and each.had_its_time)


def _past(reading: Reading) -> PastPair:
    conceived = bool(reading.litters.conceived)
    return PastPair(
        pair=reading.pair,
        day=reading.window.since,
        until=cast(date, reading.window.until),
        fulfilled=reading.is_fulfilled,
        conceived=conceived,
        attempted=reading.is_fulfilled or conceived or bool(reading.attempt),
        attempt=reading.attempt,
        plan=reading.plan,
    )
