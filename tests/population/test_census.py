from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from studbook.animals.models import Animal
from studbook.core.census import Census
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.population.age_figure import age_classes, age_figure
from studbook.population.census import Life, census_by_year, lives_of, within_a_year, year_before
from studbook.population.census_figure import census_figure
from studbook.population.figures import steps
from studbook.programmes.models import Programme
from tests.factories import FounderFactory, HoldingFactory, animal_at

ON = date(2025, 10, 31)


def life(number: str, sex: str, start: str, end: str | None = None) -> Life:
    born, gone = date.fromisoformat(start), date.fromisoformat(end) if end else None
    status = Animal.Status.DEAD if gone else Animal.Status.LIVING
    return Life(number, sex, status, born, gone, born, gone)


def test_census_by_year__counts_who_lives_at_each_years_end_and_today() -> None:
    lives = [
        life("1", "M", "2022-06-01"),
        life("2", "F", "2023-01-01", "2024-12-31"),
        life("3", "U", "2025-10-31"),
    ]
    years = census_by_year(lives, ON)
    assert [(each.on.year, str(each.census)) for each in years] == [
        (2022, "1.0.0"),
        (2023, "1.1.0"),
        (2024, "1.0.0"),
        (2025, "1.0.1"),
    ]
    assert years[-1].on == ON
    assert census_by_year([], ON) == []


def test_lives_of__begin_at_birth_or_at_the_first_stay_of_the_wild_born(
    programme: Programme, zoo: Institution
) -> None:
    animal_at(zoo, programme=programme, studbook_number="1", birth=DateInterval.parse("2019-05-03"))
    caught = FounderFactory(programme=programme, studbook_number="2", status=Animal.Status.RELEASED)
    HoldingFactory(animal=caught, institution=zoo, start=date(1965, 3, 1), end=date(1966, 3, 1))
    lives = {each.number: each for each in lives_of(programme)}
    assert (lives["1"].start, lives["1"].end) == (date(2019, 5, 3), None)
    assert (lives["2"].start, lives["2"].end) == (date(1965, 3, 1), date(1966, 3, 1))


def test_lives_of__before_a_day_is_its_eve_not_the_middle_of_two_centuries(
    programme: Programme, zoo: Institution
) -> None:
    animal = animal_at(zoo, programme=programme, birth=DateInterval.parse("before 2001"))
    (life,) = lives_of(programme)
    assert life.birth == life.start == date(2000, 12, 31)
    assert life.age_on(ON) == animal.age_on(ON)


def test_within_a_year__holds_both_ends_and_leap_days() -> None:
    assert year_before(ON) == date(2024, 11, 1)
    assert [
        within_a_year(day, ON) for day in (date(2024, 10, 31), date(2024, 11, 1), ON, date(2025, 11, 1), None)
    ] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert year_before(date(2024, 2, 29)) == date(2023, 3, 1)


def test_age_classes__widen_until_they_fit_and_lose_nobody() -> None:
    lives = [life(str(age), "MF"[age % 2], f"{2025 - age}-01-01") for age in range(60)]
    classes = age_classes(lives, ON)
    assert (classes[0].label, classes[-1].label) == ("0–1", "58–59")
    assert sum(each.census.total for each in classes) == 60
    assert age_classes([life("1", "M", "2020-01-01")], ON)[-1].label == "5"


def test_age_figure__bars_are_as_long_as_their_counts() -> None:
    lives = [
        life("1", "M", "2025-01-01"),
        life("2", "M", "2025-01-01"),
        life("3", "F", "2025-01-01"),
        life("4", "U", "2025-01-01"),
    ]
    figure = age_figure(lives, ON)
    assert figure is not None
    (bars,) = figure.classes
    assert bars.age_class.census == Census(2, 1, 1)
    assert bars.male_width == 2 * bars.female_width
    assert bars.male_x + bars.male_width == pytest.approx(figure.width - bars.female_x)
    assert figure.unknown_sex == 1
    assert age_figure([], ON) is None


def test_census_figure__stays_inside_and_its_labels_apart() -> None:
    years = census_by_year([life(str(n), "MF"[n % 2], f"{1961 + n // 2}-05-01") for n in range(120)], ON)
    figure = census_figure(years)
    assert figure is not None
    heights = sorted(line.label_y for line in figure.lines)
    assert min(b - a for a, b in pairwise(heights)) >= 12
    for line in figure.lines:
        places = [tuple(float(value) for value in point.split(",")) for point in line.points.split()]
        assert all(0 <= x <= figure.width and 0 <= y <= figure.height for x, y in places)
        assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert census_figure(years[:1]) is None


def test_census_figure__is_drawn_as_sound_svg() -> None:
    years = census_by_year([life("1", "M", "1990-01-01"), life("2", "F", "2001-01-01")], ON)
    told = {"figure": census_figure(years), "years": years, "programme": {"code": "leopards"}}
    html = render_to_string("population/_years.html", told)
    svg = html[html.index("<svg") : html.index("</svg>") + 6]
    assert len(ElementTree.fromstring(svg).findall("polyline")) == 3


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 251, 5, [0, 100, 200]),
        (1961, 2025, 5, [1980, 2000, 2020]),
        (0.05, 0.11, 7, [0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.11]),
        (0, 1, 4, [0, 0.5, 1]),
    ],
)
def test_steps__are_round_and_inside(low: float, high: float, most: int, expected: list[float]) -> None:
    assert steps(low, high, most) == pytest.approx(expected)
