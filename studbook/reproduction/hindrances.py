"""What speaks against breeding an animal on a day: a contraception that lasts, or a state found before."""

from collections.abc import Iterable, Iterator

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.findings import WARN, Finding, refuse_findings
from studbook.reproduction.status.standing import NOTHING, State, standing_on

CODE = "D10"


def hindrances_of(animals: Iterable[Animal], on: DateInterval, noun: str) -> list[Finding]:
    """Return a warning for each state of an animal that keeps it from breeding on the first or the last day; two queries at most."""
    every = list(animals)
    return [
        Finding(CODE, WARN, (animal.studbook_number,), _sentence(animal, state, on, noun), "on")
        for animal, state in _hindering(every, on)
    ]


def refuse_hindered(
    animals: Iterable[Animal], on: DateInterval, noun: str, *, acknowledged: Iterable[str], reason: str
) -> None:
    """Warn of hindrances; the deed goes on once they were read and a reason is given. Raises UnacknowledgedError."""
    refuse_findings(hindrances_of(animals, on, noun), acknowledged, reason=reason)


def _hindering(animals: list[Animal], on: DateInterval) -> Iterator[tuple[Animal, State]]:
    days = sorted({on.earliest, on.latest})
    standings = [standing_on(animals[0].programme, day, animals) for day in days] if animals else []
    for animal in animals:
        found = [each.get(animal.pk, NOTHING) for each in standings]
        states = [state for each in found for state in (each.bar, each.contraception) if state]
        # A state that stands on both days is one.
        yield from ((animal, state) for state in {each.observation.pk: each for each in states}.values())


def _sentence(animal: Animal, state: State, on: DateInterval, noun: str) -> str:
    return (
        f"{animal} is not to have young on the day of this {noun} ({on}): {state.sentence}. Log what ended or was found since, "
        "or say why all the same."
    )
