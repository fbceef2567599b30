"""C12: a sex that was determined in two ways."""

from collections.abc import Iterator

from pedigree.checks import WARN, Problem, when
from studbook.animals.models import Observation
from studbook.population.records import Records, Seen


def sex_problems(records: Records) -> Iterator[Problem]:
    """Yield C12: an animal found male once and female another time; no species of this book changes its sex."""
    for number, seen in records.seen.items():
        found: dict[str, Seen] = {}
        for each in seen:
            if each.kind == Observation.Kind.SEX:
                found.setdefault(each.what.split(",")[0], each)
        found.pop("unknown", None)
        if len(found) > 1:
            told = " and ".join(f"{sex}{_on(each)}" for sex, each in found.items())
            sentence = (
                f"Animal {number} was found {told}. Determine its sex again, and remove what was wrong."
            )
            yield Problem("C12", (number,), WARN, sentence)


def _on(seen: Seen) -> str:
    return f" {when(seen.date)}" if seen.date else ""
