"""What changed between two versions of a plan, in words: pure functions of what each says."""

from collections.abc import Iterable
from dataclasses import dataclass

from studbook.planning.plans.lines import Line, PairLine, PlanLines
from studbook.planning.plans.rows import rows_from
from studbook.planning.wording import priority_words


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a later version says otherwise: of whom, what was said, what is said now; empty where nothing."""

    about: str
    before: str
    now: str


def differences(before: PlanLines, now: PlanLines) -> tuple[Change, ...]:
    """Return the pairs, then the animals, of which the two say something else."""
    return (*_of_pairs(before, now), *_of_animals(before, now))


def places_concerned(before: PlanLines, now: PlanLines) -> frozenset[int]:
    """Return the keys of the institutions where an animal of which the two say something else is, was to be or shall be."""
    names = {each.about for each in _of_animals(before, now)}
    pairs = {each.about for each in _of_pairs(before, now)}
    found: set[int | None] = set()
    for lines in (before, now):
        paired = {
            number for each in lines.pairs if _named(lines, each) in pairs for number in (each.sire, each.dam)
        }
        for line in lines.animals:
            if line.words in names or line.number in paired:
                found |= {line.holder, line.destination, line.came_from}
    return frozenset(each for each in found if each is not None)


def _of_pairs(before: PlanLines, now: PlanLines) -> Iterable[Change]:
    old = {each.pair: _pair_words(each) for each in before.pairs}
    new = {each.pair: _pair_words(each) for each in now.pairs}
    names = {each.pair: _named(lines, each) for lines in (before, now) for each in lines.pairs}
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield Change(names[key], old.get(key, ""), new.get(key, ""))


def _of_animals(before: PlanLines, now: PlanLines) -> Iterable[Change]:
    old, new = _animal_words(before), _animal_words(now)
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield Change(name, old.get(name, ""), new.get(name, ""))


def _animal_words(lines: PlanLines) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in rows_from(lines):
        for row in each.rows:
            if not row.received:
                found[row.line.words] = _row_words(
                    row.line, row.disposition, row.location, row.breeding, row.with_words, row.notes
                )
    return found


def _row_words(line: Line, disposition: str, location: str, breeding: str, mates: str, notes: str) -> str:
    # The number of a pair is its place in the list, which is no change of what is said.
    said = [
        priority_words(line.priority).rstrip(".").lower(),
        disposition,
        location,
        breeding,
        mates if breeding != mates else "",
        line.reason,
        line.notes,
        line.excluded,
    ]
    if not line.is_living:
        said = [notes]
    return "; ".join(each for each in said if each)


def _pair_words(pair: PairLine) -> str:
    said = [pair.method_words, f"priority {pair.priority}"]
    said += ["if possible"] if pair.if_possible else []
    said += [f"{pair.litters} litters"] if pair.litters > 1 else []
    return "; ".join((*said, *filter(None, (pair.reason, pair.notes, pair.caps_reason))))


def _named(lines: PlanLines, pair: PairLine) -> str:
    animals = lines.by_number()
    return " × ".join(animals[each].words if each in animals else each for each in (pair.sire, pair.dam))
