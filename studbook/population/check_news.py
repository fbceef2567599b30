"""C15: living animals of whom nothing has been heard for long, gathered by the institution to ask."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from pedigree.checks import NOTIFY, WARN, Problem
from studbook.population.records import Records

DAYS_IN_MONTH = 365.25 / 12
LONG, VERY_LONG = 12, 24
NAMED = 4


def news_problems(records: Records) -> Iterator[Problem]:
    """Yield C15, one problem for each institution and level, its animals in the order of their last news."""
    silent: defaultdict[tuple[int | None, int], list[tuple[date, str]]] = defaultdict(list)
    latest = last_news(records)
    for number, day in latest.items():
        months = (records.on - day).days / DAYS_IN_MONTH
        if months > LONG:
            silent[_holder(records, number), VERY_LONG if months > VERY_LONG else LONG].append((day, number))
    for (holder, months), animals in silent.items():
        yield _problem(records, holder, months, sorted(animals))


def last_news(records: Records) -> dict[str, date]:
    """Return the last day on which each living animal was heard of: an event of its own or a birth of its young.

    An animal without any dated event or birth has no entry: then nothing can be said, and C5 or K3 says why.
    """
    latest: dict[str, date] = {}
    for number, events in records.events.items():
        for event in events:
            if event.date:
                _heard(latest, number, event.date[1])
    for animal in records.animals.values():
        for one in (animal.number, animal.sire, animal.dam):
            if one and animal.birth:
                _heard(latest, one, animal.birth[1])
    return {number: day for number, day in latest.items() if records.animals[number].living}


def _heard(latest: dict[str, date], number: str, day: date) -> None:
    latest[number] = max(day, latest.get(number, day))


def _holder(records: Records, number: str) -> int | None:
    return next((stay.place for stay in records.holdings.get(number, []) if stay.end is None), None)


def _problem(records: Records, holder: int | None, months: int, animals: list[tuple[date, str]]) -> Problem:
    numbers = tuple(number for _, number in animals)
    first, oldest = animals[0]
    noun = "Animal" if len(numbers) == 1 else "Animals"
    sentence = (
        f"{noun} {_listed(numbers)} at {records.place(holder)}: no news for more than {months} months "
        f"(the last of {oldest} was on {first}). Ask the institution whether all is well, and record its answer."
    )
    return Problem("C15", numbers, WARN if months == VERY_LONG else NOTIFY, sentence)


def _listed(numbers: tuple[str, ...]) -> str:
    if len(numbers) <= NAMED:
        return ", ".join(numbers)
    return f"{', '.join(numbers[:NAMED])} and {len(numbers) - NAMED} more"
