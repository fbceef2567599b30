"""A4 and B10: two records that may be one animal, and parents who never met."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from pedigree.checks import WARN, Problem
from studbook.animals.likeness import GIVEN_ONCE, Traits, pairs_warned_of
from studbook.animals.models import Animal
from studbook.population.check_parents import conception
from studbook.population.records import AnimalRecord, Period, Records


def duplicate_problems(records: Records) -> Iterator[Problem]:
    """Yield A4: two records that may be one animal, as `animals.likeness` says, unless they were said to be two."""
    for (one, other), fact in pairs_warned_of(_traits(records)):
        pair = (str(one.key), str(other.key))
        if frozenset(pair) not in records.settled:
            sentence = (
                f"Animals {pair[0]} and {pair[1]} may be one: {fact}. Compare their records with those of their zoos, and "
                "merge them or correct the one that is wrong."
            )
            yield Problem("A4", pair, WARN, sentence)


def _traits(records: Records) -> list[Traits]:
    found = {
        each.number: Traits(
            each.number, each.sex, each.sire, each.dam, each.house_name, each.birth, each.death
        )
        for each in records.animals.values()
    }
    for number, stays in records.holdings.items():
        for stay in stays if number in found else ():
            found[number].stay(stay.place, stay.start, stay.end, stay.local_id)
    for mark in records.marks:
        if mark.kind in GIVEN_ONCE:
            found[mark.number].marks.add(mark.value)
    return list(found.values())


def meeting_problems(records: Records) -> Iterator[Problem]:
    """Yield B10: sire and dam were at different places throughout the time of conception, one problem a litter."""
    if records.gestation_days is None:
        return
    litters: defaultdict[tuple[str, str, tuple[date, date]], list[str]] = defaultdict(list)
    for animal in records.animals.values():
        if (
            animal.sire
            and animal.dam
            and animal.birth
            and animal.birth_type == Animal.BirthType.CAPTIVE
            and not _is_assisted(records, animal)
        ):
            litters[animal.sire, animal.dam, animal.birth].append(animal.number)
    for (sire, dam, birth), young in litters.items():
        window = conception(birth, records.gestation_days)
        places = [_places(records.holdings.get(parent, []), window) for parent in (sire, dam)]
        if all(places) and not places[0] & places[1]:
            yield _never_met(records, (sire, dam), places, young)


def _is_assisted(records: Records, animal: AnimalRecord) -> bool:
    # What was taken of a parent can travel without it.
    borne = records.borne.get(animal.number)
    return borne is not None and not borne.taken.keys().isdisjoint({animal.sire, animal.dam})


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
