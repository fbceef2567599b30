import csv
import re
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from studbook.programmes.models import Programme
from tests.factories import AssumptionFactory, OverlayFactory, animal_at
from tests.population.demography.conftest import Story

URL = "/programmes/leopards/demography/"
ANIMALS = f"{URL}animals/"
KINDS = ("figures", "census", "ages", "survival", "fecundity", "season")


def _lines(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))


def _values(page: Any) -> dict[str, list[str]]:
    return {
        line.label: [cell.words for cell in line.values]
        for group in page.context["overview"].groups
        for line in group.lines
    }


def test_demography__shows_figures_charts_and_tables(story: Story, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL)
    assert page.status_code == 200
    found = _values(page)
    assert found["Animals"] == ["1", "1", "3"]
    assert found["Oldest ever"] == ["21.6", "29.4", "29.4"]
    assert found["Youngest parent"] == ["8 y", "7 y", ""]
    assert found["Young in a litter"] == ["", "", "1.33"]
    text = page.content.decode()
    assert "nan" not in text.lower().replace("provenance", "")
    assert [chart.title for chart in page.context["overview"].census][:2] == [
        "Animals",
        "Births and deaths in a year",
    ]
    for name in ("pyramid", "survival", "fecundity", "season"):
        assert f'id="{name}"' in text


def test_demography__every_figure_leads_to_how_it_is_made(story: Story, olga: Any, signed_in: Any) -> None:
    browser = signed_in(olga)
    text = "".join(browser.get(f"{URL}{page}").content.decode() for page in ("", "life-tables/", "goals/"))
    ways = set(re.findall(r'href="(/how/[a-z0-9-]+/)"', text))
    assert len(ways) > 8
    assert [way for way in ways if browser.get(way).status_code != 200] == []


def test_demography__every_count_leads_to_as_many_animals(story: Story, olga: Any, signed_in: Any) -> None:
    browser = signed_in(olga)
    groups = browser.get(URL, {"last": "2008-12-31"}).context["overview"].groups
    animals = next(line for line in groups[0].lines if line.label == "Animals")
    for cell in animals.values:
        assert browser.get(cell.url).context["page"].paginator.count == int(cell.words)
    births = next(line for line in groups[-1].lines if line.label == "Births").values[-1]
    assert float(births.words) == browser.get(births.url).context["page"].paginator.count / 5


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"region": "EARAZA", "last": "2002-12-31"}, ["0", "1", "1"]),
        ({"in_situ": "on", "last": "2010-01-01"}, ["2", "2", "4"]),
        ({"origin": "wild", "last": "2005-01-01"}, ["1", "1", "2"]),
    ],
)
def test_demography__is_narrowed_by_its_filters(
    story: Story, olga: Any, signed_in: Any, query: dict[str, str], words: list[str]
) -> None:
    assert _values(signed_in(olga).get(URL, query))["Animals"] == words


def test_demography__the_pyramid_stands_on_any_day(story: Story, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL, {"on": "2005-06-20"})
    pyramid = page.context["overview"].pyramid
    assert "Ages on 20 June 2005" in page.content.decode()
    counted = {each.bars.age_class.label: str(each.bars.age_class.census) for each in pyramid.classes}
    assert (counted["0"], counted["1"], counted["9"], counted["10"]) == ("0.1.0", "1.0.0", "0.1.0", "1.0.0")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"first": "soon"}, "Write the day as 2003-05-01."),
        ({"first": "2010-01-01", "last": "2000-01-01"}, "The last day lies before the first. Swap the two."),
        ({"first": "2030-01-01"}, "The book is current to 2025-10-31. Choose an earlier day."),
        ({"on": "2030-01-01"}, "Choose that day or an earlier one."),
        ({"region": "MOON"}, "Select a valid choice"),
        ({"institution": "999"}, "No animal of this book was ever at 999."),
    ],
)
def test_demography__nonsense_is_answered_at_its_field(
    story: Story, olga: Any, signed_in: Any, query: dict[str, str], sentence: str
) -> None:
    browser = signed_in(olga)
    page = browser.get(URL, query)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "overview" not in page.context
    assert browser.get(f"{URL}census.csv", query).status_code == 400


def test_demography__an_empty_book_says_so(programme: Programme, olga: Any, signed_in: Any) -> None:
    browser = signed_in(olga)
    assert "there is nothing to count" in browser.get(URL).content.decode()
    assert [browser.get(f"{URL}{kind}.csv").status_code for kind in KINDS] == [200] * len(KINDS)


def test_demography__says_what_the_book_leaves_open(story: Story, olga: Any, signed_in: Any) -> None:
    text = signed_in(olga).get(URL).content.decode()
    assert "1 without any holder on record counts from birth to death" in text
    assert "a release is an exit, a recapture an entry" in text


def test_demography__an_overlay_leaves_out_whom_it_excludes(story: Story, olga: Any, signed_in: Any) -> None:
    overlay = OverlayFactory(programme=story.programme)
    AssumptionFactory(overlay=overlay, animal=story.animals["2"])
    page = signed_in(olga).get(URL, {"overlay": overlay.pk})
    assert _values(page)["Animals"] == ["1", "0", "2"]
    assert "Not as recorded" in page.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_demography_files__hold_the_table_behind_the_chart(
    story: Story, olga: Any, signed_in: Any, kind: str
) -> None:
    browser = signed_in(olga)
    answer = browser.get(f"{URL}{kind}.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="leopards-{kind}.csv"'
    lines = _lines(answer)
    sheet = load_workbook(BytesIO(browser.get(f"{URL}{kind}.xlsx").content)).active
    assert sheet is not None
    assert sheet.max_row == len(lines) + 1 > 1


def test_demography_csv__of_the_census_holds_a_line_a_year(story: Story, olga: Any, signed_in: Any) -> None:
    lines = {line["on"][:4]: line for line in _lines(signed_in(olga).get(f"{URL}census.csv"))}
    assert (lines["2004"]["animals"], lines["2004"]["births"], lines["2004"]["deaths"]) == ("3", "2", "1")
    assert (lines["2001"]["imports"], lines["2001"]["region_EAZA"], lines["2001"]["region_EARAZA"]) == (
        "1",
        "1",
        "1",
    )


def test_demography_csv__of_no_table_is_not_there(story: Story, olga: Any, signed_in: Any) -> None:
    assert signed_in(olga).get(f"{URL}weather.csv").status_code == 404


def test_demography_animals__lists_who_left_alive(story: Story, olga: Any, signed_in: Any) -> None:
    browser = signed_in(olga)
    page = browser.get(ANIMALS, {"what": "exit"})
    assert [(row.member.number, str(row.on), row.age) for row in page.context["rows"]] == [
        ("3", "2008-09-09", 4),
        ("5", "2009-12-31", 4),
    ]
    lines = _lines(browser.get(f"{ANIMALS}export.csv", {"what": "exit"}))
    assert [(line["studbook_number"], line["what"], line["holder"]) for line in lines] == [
        ("3", "left", "Kazan"),
        ("5", "left", "Zoo A"),
    ]


def test_demography_animals__are_narrowed_by_age_and_region_then(
    story: Story, olga: Any, signed_in: Any
) -> None:
    asked = {"what": "present", "day": "2002-06-20", "age_from": "6", "age_to": "7"}
    browser = signed_in(olga)
    assert [row.member.number for row in browser.get(ANIMALS, asked).context["rows"]] == ["1", "2"]
    assert [row.member.number for row in browser.get(ANIMALS, asked | {"at": "EARAZA"}).context["rows"]] == [
        "2"
    ]


def test_demography_animals__nonsense_is_answered_at_its_field(
    story: Story, olga: Any, signed_in: Any
) -> None:
    browser = signed_in(olga)
    page = browser.get(ANIMALS, {"what": "exit", "year": "2010", "to": "2000"})
    assert "The end 2000 comes before the start 2010. Swap the two." in page.content.decode()
    assert page.context["rows"] == []
    assert browser.get(f"{ANIMALS}export.csv", {"what": "flown"}).status_code == 400


def test_demography__is_for_the_programmes_people(story: Story, cy: Any, signed_in: Any, client: Any) -> None:
    assert client.get(URL).status_code == 302
    browser = signed_in(cy)
    assert [browser.get(url).status_code for url in (URL, ANIMALS, f"{URL}census.csv")] == [404] * 3


def test_demography__as_many_queries_for_eight_animals_as_for_forty(
    story: Story, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    with django_assert_num_queries(11):
        browser.get(URL)
    with django_assert_num_queries(4):
        browser.get(URL)
    for number in range(20, 50):
        animal_at(story.zoo, programme=story.programme, studbook_number=str(number), sex="FM"[number % 2])
    story.programme.revision += 1
    story.programme.save()
    with django_assert_num_queries(11):
        browser.get(URL)
    with django_assert_num_queries(5):
        browser.get(ANIMALS)


def test_dashboard__leads_to_demography(story: Story, olga: Any, signed_in: Any) -> None:
    text = signed_in(olga).get("/programmes/leopards/").content.decode()
    assert f"{URL}#census" in text
    assert f"{URL}#pyramid" in text
