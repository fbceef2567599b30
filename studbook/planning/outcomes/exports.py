"""Outcomes and success rates as files."""

from collections.abc import Iterable, Iterator

from studbook.core.downloads import Cell, Table, iso, neutral
from studbook.planning.outcomes.kinds import Kind, Reading
from studbook.planning.outcomes.rates import Rate, Success

OUTCOME_COLUMNS = (
    *("plan", "kind", "animals", "destination", "since", "until", "institutions", "state", "by_book"),
    *(
        "attempt",
        "reason",
        "born",
        "conceived",
        "possible",
        "book",
        "contradiction",
        "note",
        "told_by",
        "told_at",
    ),
)
RATE_COLUMNS = (
    *("by", "what", "kind", "number", "fulfilled", "attempted", "not_tried", "replaced", "open"),
    *("share", "low_95", "high_95"),
)


def outcome_table(readings: Iterable[Reading]) -> Table:
    return Table(OUTCOME_COLUMNS, ([neutral(cell) for cell in _cells(each)] for each in readings))


def rate_table(success: Success, programmes: Iterable[Rate]) -> Table:
    return Table(RATE_COLUMNS, _rate_lines(success, programmes))


def _cells(reading: Reading) -> tuple[Cell, ...]:
    told = reading.told[0] if reading.told else reading.refusal
    sent = reading.kind == Kind.SEND
    return (
        reading.plan.title,
        reading.kind.label,
        " x ".join(each.studbook_number for each in reading.animals),
        str(reading.row.destination) if sent else "",
        iso(reading.window.since),
        iso(reading.window.until),
        ", ".join(place.name for place in reading.places),
        reading.state_label,
        "yes" if reading.by_book else "no",
        reading.attempt_label,
        reading.reason_label,
        *(
            len(young)
            for young in (reading.litters.born, reading.litters.conceived, reading.litters.possible)
        ),
        " ".join([*reading.shown, *([reading.step.words] if reading.step else [])]),
        reading.contradiction,
        told.note if told else "",
        str(told.by or "") if told else "",
        told.at.isoformat(timespec="minutes") if told else "",
    )


def _rate_lines(success: Success, programmes: Iterable[Rate]) -> Iterator[list[Cell]]:
    named = (
        ("kind", success.kinds),
        ("plan", success.plans),
        ("institution", success.zoos),
        ("programme", programmes),
    )
    for by, rates in named:
        for rate in rates:
            kind = rate.label if by == "kind" else success.kind.label
            counts = (rate.number, rate.fulfilled, rate.attempted, rate.untried, rate.replaced, rate.open)
            yield [by, neutral(rate.label), kind, *counts, rate.share, rate.low, rate.high]
    for reason in success.reasons:
        counts_of_reason = (reason.of, reason.count, None, None, None, None)
        yield [
            "reason",
            reason.label,
            success.kind.label,
            *counts_of_reason,
            reason.share,
            reason.low,
            reason.high,
        ]
