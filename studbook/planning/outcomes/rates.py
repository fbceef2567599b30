"""How often recommendations come true: counted by kind, plan, zoo and reason, each share with Wilson's interval.

Of closed plans alone: of one in force the quick successes would be counted and the slow ones not yet. What an interim change
replaced is counted apart and left out of the share, since it had no fair chance.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from studbook.institutions.models import Institution
from studbook.planning.models import Outcome, Plan
from studbook.planning.outcomes.forms import NOT_TOLD
from studbook.planning.outcomes.kinds import OPEN, Kind, Reading
from studbook.population.shares import share_interval

MOST_ZOOS = 12
Thing = TypeVar("Thing", Plan, Institution)


@dataclass(frozen=True, slots=True)
class Rate:
    """One line: how many there were, and what came of them. `query` narrows the list of outcomes to these."""

    label: str
    query: str
    fulfilled: int
    attempted: int
    untried: int
    replaced: int
    open: int
    running: bool = False

    @property
    def number(self) -> int:
        """All that had their chance: neither replaced nor still open."""
        return self.fulfilled + self.attempted + self.untried

    @property
    def share(self) -> float | None:
        return self.fulfilled / self.number if self.number else None

    @property
    def attempted_share(self) -> float | None:
        return self.attempted / self.number if self.number else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return share_interval(self.fulfilled, self.number)

    @property
    def low(self) -> float | None:
        return self.interval[0] if self.interval else None

    @property
    def high(self) -> float | None:
        return self.interval[1] if self.interval else None


@dataclass(frozen=True, slots=True)
class ReasonShare:
    """How many of those that did not come true failed for one reason."""

    label: str
    query: str
    count: int
    of: int

    @property
    def share(self) -> float:
        return self.count / self.of

    @property
    def low(self) -> float:
        return (share_interval(self.count, self.of) or (0.0, 0.0))[0]

    @property
    def high(self) -> float:
        return (share_interval(self.count, self.of) or (0.0, 0.0))[1]


@dataclass(frozen=True, slots=True)
class Success:
    """The rates of a programme: every kind, and of one kind by plan, zoo and reason."""

    kind: Kind
    kinds: tuple[Rate, ...]
    plans: tuple[Rate, ...]
    zoos: tuple[Rate, ...]
    reasons: tuple[ReasonShare, ...]

    @property
    def most_zoos(self) -> tuple[Rate, ...]:
        """The zoos with the most recommendations, shown at once."""
        return self.zoos[:MOST_ZOOS]

    @property
    def fewer_zoos(self) -> tuple[Rate, ...]:
        return self.zoos[MOST_ZOOS:]


def success_of(readings: Sequence[Reading], kind: Kind) -> Success:
    """Count outcomes that are read already; no query."""
    closed = [each for each in readings if each.plan.closed_on is not None]
    of_kind = [each for each in closed if each.kind == kind]
    return Success(
        kind=kind,
        kinds=tuple(
            rate(each.label, [one for one in closed if one.kind == each], plan="closed", kind=each.value)
            for each in Kind
            if any(one.kind == each for one in closed)
        ),
        plans=_by_plan([each for each in readings if each.kind == kind], kind),
        zoos=_by_zoo(of_kind, kind),
        reasons=_by_reason(of_kind, kind),
    )


def rate(label: str, readings: Iterable[Reading], *, running: bool = False, **asked: object) -> Rate:
    """Count what came of some recommendations; `asked` is the filter of the list that shows them."""
    counts: Counter[str] = Counter(map(_counted_as, readings))
    return Rate(
        label=label,
        query=urlencode(asked),
        fulfilled=counts["fulfilled"],
        attempted=counts["attempted"],
        untried=counts["untried"],
        replaced=counts["replaced"],
        open=counts["open"],
        running=running,
    )


def _counted_as(reading: Reading) -> str:
    if reading.is_fulfilled or reading.is_replaced:
        return reading.state
    if reading.plan.closed_on is None and reading.state == OPEN:
        return "open"
    return "attempted" if reading.was_attempted else "untried"


def _by_plan(readings: Sequence[Reading], kind: Kind) -> tuple[Rate, ...]:
    found = _grouped(readings, lambda each: [each.plan])
    return tuple(
        rate(str(plan), of_plan, running=plan.closed_on is None, plan=plan.pk, kind=kind.value)
        for plan, of_plan in found.items()
    )


def _by_zoo(readings: Sequence[Reading], kind: Kind) -> tuple[Rate, ...]:
    found = _grouped(readings, lambda each: each.places)
    rates = [
        rate(str(zoo), of_zoo, plan="closed", kind=kind.value, institution=zoo.pk)
        for zoo, of_zoo in found.items()
    ]
    return tuple(sorted(rates, key=lambda each: (-each.number, each.label)))


def _by_reason(readings: Sequence[Reading], kind: Kind) -> tuple[ReasonShare, ...]:
    failed = [each for each in readings if not (each.is_fulfilled or each.is_replaced)]
    counts = Counter(each.reason for each in failed)
    labels = {**dict(Outcome.Reason.choices), "": "no reason told"}
    return tuple(
        ReasonShare(
            labels[reason],
            urlencode({"plan": "closed", "kind": kind.value, "reason": reason or NOT_TOLD}),
            count,
            len(failed),
        )
        for reason, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )


def _grouped(
    readings: Sequence[Reading], of: Callable[[Reading], Iterable[Thing]]
) -> dict[Thing, list[Reading]]:
    found: dict[Thing, list[Reading]] = defaultdict(list)
    for reading in readings:
        for thing in of(reading):
            found[thing].append(reading)
    return dict(found)
