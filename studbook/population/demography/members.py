"""The animals behind a count of demography: who was there on a day, who came or went in some years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from studbook.animals.models import Animal
from studbook.core.downloads import Cell, Table, iso, neutral
from studbook.core.forms import DayField
from studbook.institutions.models import Institution
from studbook.population.demography.book import Member
from studbook.population.demography.filters import NO_REGION
from studbook.population.demography.forms import REGIONS, SetForm
from studbook.population.demography.pyramid import age_on
from studbook.population.demography.sets import BIRTH, DEATH, ENTRY, EXIT, PopulationSet
from studbook.programmes.models import Programme

PRESENT = "present"
WHAT = {
    PRESENT: "there on the day",
    BIRTH: "born there in the years",
    DEATH: "died there in the years",
    ENTRY: "came in from outside in the years",
    EXIT: "left alive in the years",
}
COLUMNS = (
    "studbook_number",
    "house_name",
    "sex",
    "born",
    "birth",
    "what",
    "on",
    "age_years",
    "holder",
    "region",
)
FIRST_YEAR, LAST_YEAR, OLDEST = 1800, 2200, 200


@dataclass(frozen=True, slots=True)
class MemberRow:
    """An animal there, or coming or going: when, how old, where."""

    member: Member
    what: str
    on: date
    age: int | None
    place: Institution | None
    animal: Animal | None = None

    @property
    def words(self) -> str:
        return {PRESENT: "there", BIRTH: "born", DEATH: "died", ENTRY: "came in", EXIT: "left"}[self.what]


class MemberForm(SetForm):
    """Whom of the set to list: by what happened, when, and by sex, origin, region of the holder and age then."""

    what = forms.ChoiceField(label="Animals that", required=False, choices=list(WHAT.items()))
    day = DayField("On day")
    year = forms.IntegerField(label="From year", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    to = forms.IntegerField(label="To year", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    sex = forms.ChoiceField(label="Sex", required=False, choices=[("", "any sex"), *Animal.Sex.choices])
    born = forms.ChoiceField(
        label="Born", required=False, choices=[("", "anywhere"), *Animal.BirthType.choices]
    )
    at = forms.ChoiceField(label="Region then", required=False, choices=REGIONS)
    age_from = forms.IntegerField(label="Age from (years)", required=False, min_value=0, max_value=OLDEST)
    age_to = forms.IntegerField(label="Age to (years)", required=False, min_value=0, max_value=OLDEST)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for first, last in (("year", "to"), ("age_from", "age_to")):
            low, high = cleaned.get(first), cleaned.get(last)
            if low is not None and high is not None and low > high:
                self.add_error(last, f"The end {high} comes before the start {low}. Swap the two.")
        return cleaned

    def often_used(self) -> list[forms.BoundField]:
        return [self[name] for name in ("what", "day", "year", "to", "sex")]

    def seldom_used(self) -> list[forms.BoundField]:
        names = (
            "born",
            "at",
            "age_from",
            "age_to",
            "first",
            "last",
            "region",
            "origin",
            "in_situ",
            "institution",
        )
        return [self[name] for name in names]

    def seldom_used_open(self) -> bool:
        return any(self.data.get(field.name) for field in self.seldom_used())

    def listed(self, chosen: PopulationSet) -> list[MemberRow]:
        """Return the animals asked for, in the order of the book; none where the form cannot be read."""
        if not self.is_valid():
            return []
        return [row for row in self._all(chosen) if self._passes(row)]

    def _all(self, chosen: PopulationSet) -> Iterator[MemberRow]:
        asked = self.cleaned_data
        if (asked["what"] or PRESENT) == PRESENT:
            day = asked["day"] or chosen.last
            for presence, stay in chosen.on(day):
                yield _row(chosen, presence.member, PRESENT, day, stay.place)
            return
        first, last = asked["year"] or FIRST_YEAR, asked["to"] or asked["year"] or LAST_YEAR
        for move in chosen.moves():
            if move.kind == asked["what"] and first <= move.on.year <= last:
                yield _row(chosen, move.member, move.kind, move.on, move.place)

    def _passes(self, row: MemberRow) -> bool:
        asked, member = self.cleaned_data, row.member
        region = row.place.region if row.place else ""
        return (
            asked["sex"] in ("", member.sex)
            and asked["born"] in ("", member.origin)
            and asked["at"] in ("", region or NO_REGION)
            and (asked["age_from"] is None or (row.age is not None and row.age >= asked["age_from"]))
            and (asked["age_to"] is None or (row.age is not None and row.age <= asked["age_to"]))
        )


def with_animals(programme: Programme, rows: list[MemberRow]) -> list[MemberRow]:
    """Return the rows with the animals of the book; one query."""
    found = {
        animal.studbook_number: animal
        for animal in programme.animals.filter(studbook_number__in={row.member.number for row in rows})
    }
    return [
        MemberRow(row.member, row.what, row.on, row.age, row.place, found.get(row.member.number))
        for row in rows
    ]


def member_file(rows: list[MemberRow]) -> Table:
    """Return the animals as a table."""
    return Table(COLUMNS, ([neutral(cell) for cell in _line(row)] for row in rows))


def _row(chosen: PopulationSet, member: Member, what: str, on: date, place: int | None) -> MemberRow:
    return MemberRow(
        member, what, on, age_on(member, on), None if place is None else chosen.book.places[place]
    )


def _line(row: MemberRow) -> list[Cell]:
    member, place = row.member, row.place
    name = row.animal.house_name if row.animal else ""
    return [
        member.number, name, member.sex, member.origin, iso(member.birth), row.words, iso(row.on), row.age,
        place.name if place else "", place.region if place else "",
    ]  # fmt: skip
