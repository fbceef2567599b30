"""C15: living animals of whom nothing has been heard for long, gathered by the institution to ask."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from pedigree.checks import NOTIFY, WARN, Problem
from studbook.core.dates import DAYS_IN_YEAR
from studbook.population.records import Records

DAYS_IN_MONTH = DAYS_IN_YEAR / 12
LONG, VERY_LONG = 12, 24
NAMED = 4


def news_problems(records: Records) -> Iterator[Problem]:
    """Yield C15, one problem for each institution that has been silent too long, with the living animals it holds.

    A healthy old animal makes no events of its own, but an institution that reports anything would have reported
    its death; so any dated event at the institution is news of all its animals.
    """
    latest = last_news(records)
    for holder, numbers in _held(records).items():
        if holder in latest:
            months = (records.on - latest[holder]).days / DAYS_IN_MONTH
            if months > LONG:
                yield _problem(records, holder, latest[holder], numbers, very_long=months > VERY_LONG)


def last_news(records: Records) -> dict[int, date]:
    """Return the last day on which each institution reported an event of any animal that came, was or left there."""
    latest: dict[int, date] = {}
    for events in records.events.values():
        for event in events:
            for place in (event.place, event.sender):
                if place is not None and event.date:
                    latest[place] = max(event.date[1], latest.get(place, event.date[1]))
    return latest


def _held(records: Records) -> dict[int, list[str]]:
    held: defaultdict[int, list[str]] = defaultdict(list)
    for number, animal in records.animals.items():
        for stay in records.holdings.get(number, []):
            if animal.living and stay.end is None:
                held[stay.place].append(number)
    return dict(held)


def _problem(records: Records, holder: int, last: date, numbers: list[str], *, very_long: bool) -> Problem:
    noun = "animal" if len(numbers) == 1 else "animals"
    months = VERY_LONG if very_long else LONG
    sentence = (
        f"{records.place(holder)}, which holds {noun} {_listed(numbers)}, has reported nothing for more than "
        f"{months} months, last on {last}. Ask whether all is well, and record the answer."
    )
    return Problem("C15", tuple(numbers), WARN if very_long else NOTIFY, sentence)


def _listed(numbers: list[str]) -> str:
    if len(numbers) <= NAMED:
        return ", ".join(numbers)
    return f"{', '.join(numbers[:NAMED])} and {len(numbers) - NAMED} more"
