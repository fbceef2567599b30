"""A4 and B10: two records that may be one animal, and parents who never met."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from pedigree.checks import WARN, Problem, gap_days
from studbook.animals.models import Animal, Identifier
from studbook.population.check_parents import conception
from studbook.population.records import AnimalRecord, Period, Records

NEAR_DAYS = 3
# Tags and local numbers of different places may well be alike; these are given once in the world.
UNIQUE = {Identifier.Kind.TRANSPONDER, Identifier.Kind.GAN}


def duplicate_problems(records: Records) -> Iterator[Problem]:
    """Yield A4: same sex, births within three days of one another, and the same dam or the same transponder.

    Litter mates share dam, sex and day too; so two young of one dam are suspected only when they are of different
    days, or bear one house name, or one local id at one place. Two that somebody said to be two animals are not.
    """
    for problem in (*_of_one_dam(records), *_of_one_mark(records)):
        if frozenset(problem.animals) not in records.settled:
            yield problem


def _of_one_dam(records: Records) -> Iterator[Problem]:
    young: defaultdict[tuple[str, str], list[AnimalRecord]] = defaultdict(list)
    for animal in records.animals.values():
        if animal.dam and animal.birth and animal.birth[0] == animal.birth[1]:
            young[animal.dam, animal.sex].append(animal)
    for (dam, _), animals in young.items():
        for one, other in combinations(animals, 2):
            if reason := _alike(records, one, other):
                sentence = (
                    f"Animals {one.number} and {other.number} may be one: both are young of {dam}, of one sex, "
                    f"and {reason}. Compare their records with those of their zoos, and correct the one that is wrong."
                )
                yield Problem("A4", (one.number, other.number), WARN, sentence)


def _of_one_mark(records: Records) -> Iterator[Problem]:
    bearers: defaultdict[str, dict[str, AnimalRecord]] = defaultdict(dict)
    for mark in records.marks:
        if mark.kind in UNIQUE:
            bearers[mark.value][mark.number] = records.animals[mark.number]
    for value, animals in bearers.items():
        for one, other in combinations(animals.values(), 2):
            if one.sex == other.sex and _near(one, other):
                sentence = (
                    f"Animals {one.number} and {other.number} may be one: both bear or bore the mark {value}, are of one "
                    "sex, and were born within days of each other. Compare their records, and merge them or correct the mark."
                )
                yield Problem("A4", (one.number, other.number), WARN, sentence)


def _near(one: AnimalRecord, other: AnimalRecord) -> bool:
    if one.birth is None or other.birth is None:
        return False
    return max(-gap_days(one.birth, other.birth)[1], gap_days(one.birth, other.birth)[0]) <= NEAR_DAYS


def _alike(records: Records, one: AnimalRecord, other: AnimalRecord) -> str:
    if one.birth is None or other.birth is None:
        return ""
    apart = abs((one.birth[0] - other.birth[0]).days)
    if apart > NEAR_DAYS:
        return ""
    if one.house_name and one.house_name == other.house_name:
        return f"both are called {one.house_name}"
    if _marks(records, one.number) & _marks(records, other.number):
        return "both bear one local id at one institution"
    return f"were born {apart} day{'s' * (apart > 1)} apart" if apart else ""


def _marks(records: Records, number: str) -> set[tuple[int, str]]:
    return {(stay.place, stay.local_id) for stay in records.holdings.get(number, []) if stay.local_id}


def meeting_problems(records: Records) -> Iterator[Problem]:
    """Yield B10: sire and dam were at different places throughout the time of conception, one problem a litter."""
    if records.gestation_days is None:
        return
    litters: defaultdict[tuple[str, str, tuple[date, date]], list[str]] = defaultdict(list)
    for animal in records.animals.values():
        if animal.sire and animal.dam and animal.birth and animal.birth_type == Animal.BirthType.CAPTIVE:
            litters[animal.sire, animal.dam, animal.birth].append(animal.number)
    for (sire, dam, birth), young in litters.items():
        window = conception(birth, records.gestation_days)
        places = [_places(records.holdings.get(parent, []), window) for parent in (sire, dam)]
        if all(places) and not places[0] & places[1]:
            yield _never_met(records, (sire, dam), places, young)


def _places(stays: Sequence[Period], window: tuple[date, date]) -> set[int]:
    # Only stays that cover the whole time between them can tell that the two never met.
    there = [
        stay for stay in stays if stay.start <= window[1] and (stay.end is None or stay.end >= window[0])
    ]
    covered = there and there[0].start <= window[0] and (there[-1].end is None or there[-1].end >= window[1])
    return {stay.place for stay in there} if covered else set()


def _never_met(
    records: Records, parents: tuple[str, str], places: list[set[int]], young: list[str]
) -> Problem:
    at = [" and ".join(sorted(records.place(key) for key in keys)) for keys in places]
    sentence = (
        f"Sire {parents[0]} was at {at[0]} and dam {parents[1]} at {at[1]} throughout the conception of "
        f"{', '.join(young)}. Check the parents and the moves, or record the loan or the insemination."
    )
    return Problem("B10", (*young, *parents), WARN, sentence)
