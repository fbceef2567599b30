"""C9: whose an animal is, apart from where it is."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pedigree.checks import REJECT, WARN, Problem, when
from studbook.animals.models import Event
from studbook.population.check_gaps import away
from studbook.population.records import AnimalRecord, Happening, Period, Records


def owner_problems(records: Records) -> Iterator[Problem]:
    """Yield C9: no owner, a time without one, a loan to the owner, or a loan returned to somebody else."""
    for animal in records.animals.values():
        periods = records.ownerships.get(animal.number, [])
        events = records.events.get(animal.number, [])
        if animal.living and not any(period.end is None for period in periods):
            sentence = (
                f"Animal {animal.number} is living, but no owner is recorded. "
                "Ask its holder whose it is, and record the owner."
            )
            yield Problem("C9", (animal.number,), WARN, sentence)
        yield from _gaps(animal, periods, events)
        for event in events:
            if event.terms in (Event.Terms.LOAN, Event.Terms.LOAN_RETURN):
                yield from _lent(records, animal, event, periods)


def _gaps(animal: AnimalRecord, periods: Sequence[Period], events: Sequence[Happening]) -> Iterator[Problem]:
    for earlier, later in pairwise(periods):
        if earlier.end and earlier.end < later.start and not away(events, earlier.end, later.start):
            sentence = f"Animal {animal.number} belonged to nobody from {earlier.end} to {later.start}. Record whose it was."
            yield Problem("C9", (animal.number,), WARN, sentence)


def _lent(
    records: Records, animal: AnimalRecord, event: Happening, periods: Sequence[Period]
) -> Iterator[Problem]:
    owners = _owners_throughout(event, periods)
    returned = event.terms == Event.Terms.LOAN_RETURN
    if not owners or event.place is None or (event.place in owners) == returned:
        return
    names = " and ".join(sorted(records.place(owner) for owner in owners))
    on = when(event.date) if event.date else "on a day that is not recorded"
    verb = "went" if returned else "was lent"
    sentence = (
        f"Animal {animal.number} {verb} to {records.place(event.place)} {'as a loan return ' if returned else ''}{on}, but "
        f"belonged to {names}. Correct the terms, the receiver or the owner."
    )
    yield Problem("C9", (animal.number,), REJECT, sentence)


def _owners_throughout(event: Happening, periods: Sequence[Period]) -> set[int]:
    if event.date is None:
        return set()
    first, last = event.date
    return {
        period.place
        for period in periods
        if period.start <= last and (period.end is None or period.end >= first)
    }
