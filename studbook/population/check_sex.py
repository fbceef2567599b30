"""C12: a sex that is recorded otherwise than it was determined."""

from collections.abc import Iterator

from pedigree.checks import WARN, Problem, when
from studbook.animals.models import Animal, Observation
from studbook.population.records import Records, Seen


def sex_problems(records: Records) -> Iterator[Problem]:
    """Yield C12: an animal whose sex is not the one last found. A later finding sets an earlier one right."""
    for number, seen in records.seen.items():
        found = [each for each in seen if each.kind == Observation.Kind.SEX]
        recorded = Animal.Sex(records.animals[number].sex).label
        last = found[-1].what.split(",")[0] if found else recorded
        if last != recorded:
            sentence = (
                f"Animal {number} was found {last}{_on(found[-1])}, but is recorded {recorded}. Correct its sex, or write "
                "down how the other was found."
            )
            yield Problem("C12", (number,), WARN, sentence)


def _on(seen: Seen) -> str:
    return f" {when(seen.date)}" if seen.date else ""
