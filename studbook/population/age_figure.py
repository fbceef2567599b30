"""The living by age and sex, as the age pyramid of demography."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from studbook.core.census import Census
from studbook.population.census import Life, counted
from studbook.population.figures import WIDTH, Scale, Tick, steps

BAR, GAP, TOP, MIDDLE, SIDE = 9.0, 2.0, 18.0, 34.0, 8.0
HALF = (WIDTH - MIDDLE) / 2
MOST_CLASSES = 30
CLASS_YEARS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class AgeClass:
    """The living whose age lies in a class of whole years, `first` to `last`, both included."""

    first: int
    last: int
    census: Census

    @property
    def label(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Bars:
    """One age class drawn: the bar of the males grows to the left, that of the females to the right."""

    age_class: AgeClass
    y: float
    text_y: float
    male_x: float
    male_width: float
    female_x: float
    female_width: float
    labelled: bool


@dataclass(frozen=True, slots=True)
class AgeFigure:
    """Everything the template of the age pyramid places."""

    width: float
    height: float
    bar: float
    middle: float
    tick_y: float
    classes: list[Bars]
    ticks: list[Tick]
    length: Scale
    unknown_sex: int
    undated: int

    def reaches(self, sex: str, count: float) -> float:
        """Return where a bar of so many males ("M") or females ends."""
        length = self.length.place(count)
        return round(HALF - length, 2) if sex == "M" else round(HALF + MIDDLE + length, 2)


def age_classes(lives: Sequence[Life], on: date) -> list[AgeClass]:
    """Return the census of the living by age on a day, youngest first; those without a birth date are left out."""
    return classes_of(
        [(int(age), life.sex) for life in lives if life.living and (age := life.age_on(on)) is not None]
    )


def classes_of(aged: Sequence[tuple[int, str]]) -> list[AgeClass]:
    """Return the census of animals given by their ages in whole years and their sexes, youngest first."""
    oldest = max((age for age, _ in aged), default=-1)
    width = next((years for years in CLASS_YEARS if oldest // years < MOST_CLASSES), CLASS_YEARS[-1])
    return [
        AgeClass(first, first + width - 1, counted(sex for age, sex in aged if first <= age < first + width))
        for first in range(0, oldest + 1, width)
    ]


def age_figure(lives: Sequence[Life], on: date) -> AgeFigure | None:
    """Return the drawing; None when no living animal has a birth date."""
    undated = sum(1 for life in lives if life.living and life.birth is None)
    return drawn_classes(age_classes(lives, on), undated)


def drawn_classes(classes: Sequence[AgeClass], undated: int, at_least: float = 1) -> AgeFigure | None:
    """Return the drawing of age classes, with room for bars of `at_least` animals; None of none."""
    if not classes:
        return None
    most = max(at_least, *(max(each.census.male, each.census.female) for each in classes))
    length = Scale(0, most, 0, HALF - SIDE)
    bottom = TOP + len(classes) * (BAR + GAP)
    numbers = [number for number in steps(0, most, 4) if number and number == int(number)]
    return AgeFigure(
        width=WIDTH,
        height=bottom + 16,
        bar=BAR,
        middle=WIDTH / 2,
        tick_y=bottom + 10,
        classes=[_bars(each, place, len(classes), length) for place, each in enumerate(classes)],
        ticks=[
            Tick(HALF + sign * length.place(number) + (MIDDLE if sign > 0 else 0), f"{number:.0f}")
            for number in numbers
            for sign in (-1, 1)
        ],
        length=length,
        unknown_sex=sum(each.census.unknown for each in classes),
        undated=undated,
    )


def _bars(age_class: AgeClass, place: int, count: int, length: Scale) -> Bars:
    male, female = length.place(age_class.census.male), length.place(age_class.census.female)
    y = TOP + (count - 1 - place) * (BAR + GAP)
    return Bars(
        age_class, y, y + BAR - 1, round(HALF - male, 2), male, HALF + MIDDLE, female, labelled=place % 2 == 0
    )
