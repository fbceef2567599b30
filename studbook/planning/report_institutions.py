"""The plan as each institution reads it: one row for each of its animals."""

from dataclasses import dataclass

from studbook.animals.models import Animal, Holding
from studbook.core.templatetags.studbook import NOTHING, age, kilometres
from studbook.institutions.models import Institution
from studbook.planning.queries import ChosenPair, InstitutionPairs
from studbook.planning.stays import NOWHERE, place_of

HOLD = "HOLD"
TO_AGREE = "TO AGREE"
BREED_WITH = "BREED WITH"
SEE_NOTES = "SEE NOTES"
COLUMNS = ("SB ID", "Local ID", "Sex", "Age", "Disposition", "Location", "Breeding", "With", "Notes")
Row = tuple[str, str, str, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class InstitutionPart:
    """An institution and its rows, in the columns of `COLUMNS`."""

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
        for animal in (pair.sire, pair.dam)
        if place_of(_stay(pair, animal)) == place
    ]
    return InstitutionPart(
        name=f"{place.name} ({place.mnemonic})" if place else NOWHERE.capitalize(),
        address=_address(place),
        note=place.note if place else "",
        rows=tuple(rows),
    )


def _row(pair: ChosenPair, animal: Animal, number: int | None) -> Row:
    stay, mate = _stay(pair, animal), pair.dam if animal == pair.sire else pair.sire
    years = animal.age_on(pair.recommendation.programme.as_of)
    return (
        animal.studbook_number,
        (stay.local_id if stay else "") or NOTHING,
        animal.sex,
        age(years),
        HOLD if pair.together or not pair.must_meet or number is None else TO_AGREE,
        stay.institution.mnemonic if stay else NOTHING,
        BREED_WITH if number is not None else SEE_NOTES,
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
    if pair.together or pair.now is None:
        return ()
    if not pair.must_meet:
        return (f"{pair.how}: nobody has to move.",)
    km = pair.now.row.distance_km
    away = f", {kilometres(km)} away" if km is not None else ""
    place = place_of(_stay(pair, mate))
    where = f"{place} ({place.mnemonic})" if place else f"a {NOWHERE}"
    return (f"{mate} lives at {where}{away}: which of the two moves is to be agreed.",)


def _stay(pair: ChosenPair, animal: Animal) -> Holding | None:
    return pair.sire_stay if animal == pair.sire else pair.dam_stay


def _address(place: Institution | None) -> str:
    return ", ".join(filter(None, (place.city, place.country))) if place else ""
