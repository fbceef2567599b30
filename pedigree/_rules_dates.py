"""Rules about dates; a rule refuses only when no day in the intervals obeys it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pedigree._facts import NOTIFY, REJECT, WARN, Facts, Interval, Problem, gap_days, severity_of, when
from pedigree.structure import Pedigree

SAME_LITTER_DAYS = 3
LONGEVITY_MARGIN = 1.1
DAYS_IN_YEAR = 365.25
# Sperm of the epididymis and oocytes are taken of the dead as well, within two days.
TAKEN_AFTER_DEATH_DAYS = 2


def life_problems(pedigree: Pedigree, facts: Facts) -> Iterator[Problem]:
    """Yield C3 (born after today), C4 (dead before birth) and C14 (living beyond any known age)."""
    for animal in pedigree.ids:
        birth, death = facts.birth.get(animal), facts.death.get(animal)
        if birth and death and (severity := severity_of(gap_days(birth, death), 0)):
            sentence = (
                f"Animal {animal} died {when(death)}, but was born {when(birth)}. Correct one of the two."
            )
            yield Problem("C4", (animal,), severity, sentence)
        latest = facts.latest or facts.on
        if birth and latest and birth[0] > latest:
            sentence = f"Animal {animal} was born {when(birth)}, which has not come yet. Correct the date."
            yield Problem("C3", (animal,), REJECT, sentence)
        if birth and animal in facts.living:
            yield from _too_old_to_live(animal, birth, facts)


def _too_old_to_live(animal: str, birth: Interval, facts: Facts) -> Iterator[Problem]:
    longevity = facts.species.longevity_days
    if longevity is None or facts.on is None:
        return
    age = facts.on.toordinal() - birth[1].toordinal()
    if age > LONGEVITY_MARGIN * longevity:
        sentence = (
            f"Animal {animal} is recorded living at {_years(age)}, beyond the {_years(longevity)} "
            "the species is known to reach. Ask its holder, or record its death or loss."
        )
        yield Problem("C14", (animal,), WARN, sentence)


def parent_problems(pedigree: Pedigree, facts: Facts) -> Iterator[Problem]:
    """Yield B5 to B9: parents born too late or too early, or dead too soon, for their offspring."""
    for row, animal in enumerate(pedigree.ids):
        birth = facts.birth.get(animal)
        for role in ("sire", "dam") if birth else ():
            for parent, probability in pedigree.possible(row, role):
                if parent >= 0 and birth:
                    found = _about(pedigree.ids[parent], animal, role, birth, facts)
                    yield from (_of_candidate(problem, probability) for problem in found)


def _of_candidate(problem: Problem, probability: float) -> Problem:
    # A candidate that cannot be the parent is to be struck out; the offspring's record may still stand.
    if probability < 1 and problem.severity == REJECT:
        return replace(problem, severity=WARN)
    return problem


def _about(parent: str, animal: str, role: str, birth: Interval, facts: Facts) -> Iterator[Problem]:
    own_birth, own_death = facts.birth.get(parent), facts.death.get(parent)
    taken = facts.taken.get(animal, {}).get(parent)
    if own_birth:
        severity = severity_of(gap_days(own_birth, birth), 1)
        if severity:
            sentence = (
                f"The {role} {parent} of animal {animal} was born {when(own_birth)}, not before its offspring, "
                f"born {when(birth)}. Correct a date or the {role}."
            )
            yield Problem("B5", (animal, parent), severity, sentence)
        if severity != REJECT:
            yield from _breeding_age(
                parent, animal, role, _age(own_birth, taken or birth, taken, facts), facts
            )
    if own_death and taken:
        yield from _taken_alive(parent, animal, role, own_death, taken)
    elif own_death:
        alive = _dam_alive if role == "dam" else _sire_alive
        yield from alive(parent, animal, own_death, birth, facts)


def _age(own_birth: Interval, then: Interval, taken: Interval | None, facts: Facts) -> tuple[int, int]:
    # The age of those whose gametes were stored is that at which they were taken.
    least, most = gap_days(own_birth, then)
    if taken:
        return least, most
    species = facts.species
    return least - (species.gestation_max_days or 0), most - (species.gestation_min_days or 0)


def _breeding_age(
    parent: str, animal: str, role: str, age: tuple[int, int], facts: Facts
) -> Iterator[Problem]:
    youngest, oldest = facts.species.breeding_ages(role)
    least, most = age
    if youngest is not None and most < youngest:
        severity = REJECT if most < youngest / 2 else WARN
        fact = f"was at most {_years(most)} old at the conception of animal {animal}"
        yield Problem(
            "B6", (animal, parent), severity, _age_sentence(role, parent, fact, "youngest", youngest)
        )
    if oldest is not None and least > oldest:
        fact = f"was at least {_years(least)} old at the conception of animal {animal}"
        yield Problem("B7", (animal, parent), WARN, _age_sentence(role, parent, fact, "oldest", oldest))


def _age_sentence(role: str, parent: str, fact: str, extreme: str, days: int) -> str:
    return (
        f"The {role} {parent} {fact}; the {extreme} known of the species is {_years(days)}. "
        f"Check the dates and the {role}."
    )


def _dam_alive(parent: str, animal: str, death: Interval, birth: Interval, facts: Facts) -> Iterator[Problem]:
    gap = gap_days(birth, death)
    if severity := severity_of(gap, -facts.species.incubation_max_days):
        sentence = (
            f"The dam {parent} of animal {animal} died {when(death)}, before the birth {when(birth)}. "
            "Correct a date or the dam."
        )
        yield Problem("B8", (animal, parent), severity, sentence)


def _sire_alive(
    parent: str, animal: str, death: Interval, birth: Interval, facts: Facts
) -> Iterator[Problem]:
    gap, gestation = gap_days(birth, death), facts.species.gestation_max_days
    dead = f"The sire {parent} of animal {animal} died {when(death)}"
    if gestation is None:
        if gap[1] < 0:
            sentence = (
                f"{dead}, before the birth {when(birth)}; the species' gestation must tell if that can be."
            )
            yield Problem("B9", (animal, parent), NOTIFY, sentence)
    elif severity := severity_of(gap, -gestation - facts.species.sperm_storage_days):
        sentence = (
            f"{dead}, more than {gestation} days of gestation before the birth {when(birth)}. "
            "Correct a date or the sire, or record the insemination with a sample of his, from its pregnancy."
        )
        yield Problem("B9", (animal, parent), severity, sentence)


def _taken_alive(parent: str, animal: str, role: str, death: Interval, taken: Interval) -> Iterator[Problem]:
    if severity := severity_of(gap_days(taken, death), -TAKEN_AFTER_DEATH_DAYS):
        sentence = (
            f"The {role} {parent} of animal {animal} died {when(death)}, before what the young comes of was taken "
            f"{when(taken)}. Correct one of the two dates, or the sample that was used."
        )
        yield Problem("B9" if role == "sire" else "B8", (animal, parent), severity, sentence)


def gestation_problems(pedigree: Pedigree, facts: Facts) -> Iterator[Problem]:
    """Yield B19: born when no day of its recorded conception fits the species' gestation."""
    shortest, longest = facts.species.gestation_min_days, facts.species.gestation_max_days
    if shortest is None or longest is None:
        return
    for animal in pedigree.ids:
        birth, conceived = facts.birth.get(animal), facts.conceived.get(animal)
        if birth and conceived:
            least, most = gap_days(conceived, birth)
            short, over = shortest - most, least - longest
            if max(short, over) > 0:
                sentence = (
                    f"Animal {animal} was born {when(birth)}, but conceived {when(conceived)}; the species bears its young "
                    f"{shortest} to {longest} days. Correct a date, or the pregnancy that it is said to be of."
                )
                severity = REJECT if max(short, over) > shortest / 2 else WARN
                yield Problem("B19", (animal,), severity, sentence)


def litter_problems(pedigree: Pedigree, facts: Facts) -> Iterator[Problem]:
    """Yield B11 (a dam's litters too close) and B12 (a litter too large)."""
    litters: dict[int, list[tuple[Interval, str]]] = {}
    for row, animal in enumerate(pedigree.ids):
        birth, dam = facts.birth.get(animal), int(pedigree.dam[row])
        if birth and dam >= 0:
            litters.setdefault(dam, []).append((birth, animal))
    for dam, births in sorted(litters.items()):
        births.sort()
        for (earlier, first), (later, second) in pairwise(births):
            yield from _litters_apart(pedigree.ids[dam], (first, second), (earlier, later), facts)
        yield from _litter_sizes(pedigree.ids[dam], births, facts)


def _litters_apart(
    dam: str, young: tuple[str, str], births: tuple[Interval, Interval], facts: Facts
) -> Iterator[Problem]:
    least, most = gap_days(*births)
    half_gestation = (facts.species.gestation_min_days or 0) / 2
    minimum = facts.species.interbirth_min_days or half_gestation
    if least > SAME_LITTER_DAYS and most < minimum:
        severity = REJECT if most < half_gestation else WARN
        sentence = (
            f"The dam {dam} bore {young[0]} {when(births[0])} and {young[1]} {when(births[1])}, "
            f"{most} days apart; the species needs {minimum:.0f}. Check the dates and the dam."
        )
        yield Problem("B11", (*young, dam), severity, sentence)


def _litter_sizes(dam: str, births: list[tuple[Interval, str]], facts: Facts) -> Iterator[Problem]:
    exact = [(birth[0], animal) for birth, animal in births if birth[0] == birth[1]]
    largest = facts.species.litter_max
    while exact and largest is not None:
        first = exact[0][0]
        litter = [animal for day, animal in exact if (day - first).days <= SAME_LITTER_DAYS]
        exact = exact[len(litter) :]
        if len(litter) > largest:
            sentence = (
                f"The dam {dam} bore {len(litter)} young around {first.isoformat()}; the largest litter known "
                f"is {largest}. Check the dates and the dam."
            )
            yield Problem("B12", (*litter, dam), WARN, sentence)


def _years(days: float) -> str:
    return f"{days / DAYS_IN_YEAR:.1f} years"
