"""A figure of demography as a line of a table: a value for males, for females and for all, and what it means."""

from dataclasses import dataclass

from django.urls import reverse

from studbook.core.templatetags.studbook import NOTHING
from studbook.population.demography.sets import PopulationSet
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in words, with the way to what it counts, and a note beneath; "" where the figure has none for the sex."""

    words: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A figure: its values for males, females and all. `slug` names the page on how it is made, "" for none; `reason` says why nobody has a value; `page` shows more."""

    label: str
    slug: str
    values: tuple[Cell, ...]
    meaning: str
    reason: str = ""
    page: str = ""

    @property
    def cells(self) -> tuple[tuple[str, Cell], ...]:
        """The values with the words of their columns."""
        return tuple(zip(("males", "females", "all"), self.values, strict=True))

    @property
    def answered(self) -> bool:
        return any(cell.words not in ("", NOTHING) for _, cell in self.cells)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Asking:
    """What the lines are about: the programme, who passes the filters, and what a link adds to stay with them."""

    programme: Programme
    chosen: PopulationSet
    query: str

    def animals(self, **asked: object) -> str:
        """Return the address of the animals behind a count."""
        words = "&".join(f"{name}={value}" for name, value in asked.items() if value is not None)
        words = "&".join(each for each in (words, self.query) if each)
        return f"{reverse('demography_animals', args=[self.programme.code])}?{words}"

    def animal(self, number: str) -> str:
        return reverse("animal", args=[self.programme.code, number])
