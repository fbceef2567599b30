"""The plan as each institution reads it: one row for each of its animals."""

from dataclasses import dataclass

from studbook.animals.models import Animal
from studbook.core.templatetags.studbook import NOTHING, age, kilometres
from studbook.institutions.models import Institution
from studbook.planning.plans.lines import HOLD, SEE_NOTES, SEND_TO, breeding_word
from studbook.planning.queries import ChosenPair, InstitutionPairs
from studbook.planning.stays import NOWHERE, place_of

TO_AGREE = "TO AGREE"
Row = tuple[str, str, str, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class InstitutionPart:
    """An institution and its rows, in the columns of plans."""

    name: str
    address: str
    note: str
    rows: tuple[Row, ...]


def institution_part(each: InstitutionPairs, numbers: dict[int, int]) -> InstitutionPart:
    """Return the rows of one institution; `numbers` are the pairs' numbers in the report by primary key."""
    place = each.institution
    rows = [
        _row(pair, animal, numbers.get(pair.recommendation.pk))
        for pair in each.pairs
        for animal in pair.present
        if place_of(pair.stay_of(animal)) == place
    ]
    return InstitutionPart(
        name=f"{place.name} ({place.mnemonic})" if place else NOWHERE.capitalize(),
        address=_address(place),
        note=place.note if place else "",
        rows=tuple(rows),
    )


def _row(pair: ChosenPair, animal: Animal, number: int | None) -> Row:
    stay, mate = pair.stay_of(animal), pair.dam if animal == pair.sire else pair.sire
    years = animal.age_on(pair.recommendation.programme.as_of)
    here, there = place_of(stay), pair.going.get(animal.pk)
    is_sent = there is not None and there != here
    place = there if is_sent else here
    return (
        animal.studbook_number,
        (stay.local_id if stay else "") or NOTHING,
        animal.sex,
        age(years),
        SEND_TO if is_sent else TO_AGREE if pair.is_to_agree and number is not None else HOLD,
        place.mnemonic if place else NOTHING,
        breeding_word("", [pair.recommendation.if_possible]) if number is not None else SEE_NOTES,
        str(mate),
        _notes(pair, mate, number),
    )


def _notes(pair: ChosenPair, mate: Animal, number: int | None) -> str:
    if number is None:
        return " ".join(pair.news)
    return " ".join(
        (f"Pair {number}.", *_about_moving(pair, mate), *pair.news, *pair.warnings, *pair.above_caps)
    )


def _about_moving(pair: ChosenPair, mate: Animal) -> tuple[str, ...]:
    if pair.now is None or (pair.together and not pair.moves):
        return ()
    if not pair.is_to_agree:
        return (f"By the plan {pair.moves}.",) if pair.moves else (f"{pair.how}: nobody has to move.",)
    km = pair.now.row.distance_km
    away = f", {kilometres(km)} away" if km is not None else ""
    place = place_of(pair.stay_of(mate))
    where = f"{place} ({place.mnemonic})" if place else f"a {NOWHERE}"
    return (f"{mate} lives at {where}{away}: which of the two moves is to be agreed.",)


def _address(place: Institution | None) -> str:
    return ", ".join(filter(None, (place.city, place.country))) if place else ""
