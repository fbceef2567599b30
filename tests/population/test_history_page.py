import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest

from studbook.animals.models import Animal, Holding
from studbook.core.dates import DateInterval
from studbook.population.analysis import analysis_of
from studbook.population.basis import Basis
from studbook.population.genetics.history import days_of, history_on, moment_on
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory, AssumptionFactory, HoldingFactory, OverlayFactory, animal_at
from tests.population.conftest import Family

URL = "/programmes/leopards/genetics/history/"
CSV = f"{URL}export.csv"
BIRTH = date(2014, 5, 1)


def _present(programme: Programme, on: date) -> int:
    basis = Basis(programme)
    return moment_on(basis, history_on(basis), on).living


def test_history__ends_with_the_figures_of_the_living(family: Family) -> None:
    past = history_on(Basis(family.programme))
    summary, last = analysis_of(family.programme).summary, past.rows[-1]
    assert summary is not None
    assert (last.on, last.living, last.founders) == (date(2025, 10, 31), summary.living, summary.founders)
    assert last.mean_kinship == pytest.approx(summary.mean_kinship, abs=1e-12)
    assert last.gene_diversity == pytest.approx(summary.gene_diversity, abs=1e-12)
    assert not past.differs


def test_history__tells_each_year_from_the_first_birth_on(family: Family) -> None:
    rows = {row.on: row for row in history_on(Basis(family.programme)).rows}
    assert rows[date(2014, 12, 31)].living == 4
    assert rows[date(2019, 12, 31)].mean_kinship == 0.1875  # four sibs of two families
    assert rows[date(2020, 12, 31)].living == 6


def test_history__an_animal_counts_while_somebody_holds_it(family: Family) -> None:
    Holding.objects.filter(animal=family[5]).update(end=date(2016, 3, 1))
    HoldingFactory(animal=family[5], institution=family.kazan, start=date(2018, 7, 1))
    days = [date(2016, 2, 29), date(2016, 3, 1), date(2018, 6, 30), date(2018, 7, 1)]
    assert [_present(family.programme, day) for day in days] == [4, 3, 3, 4]


def test_moment_on__is_kept_until_the_book_moves_on(family: Family) -> None:
    on = date(2016, 6, 30)
    assert _present(family.programme, on) == 4
    Holding.objects.filter(animal=family[7]).update(end=date(2016, 6, 1))
    assert _present(family.programme, on) == 4
    family.programme.revision += 1
    family.programme.save()
    assert _present(family.programme, on) == 3


def test_history__animals_without_any_date_are_counted_apart(family: Family) -> None:
    undated = {"status": Animal.Status.LOST, "birth_text": "", "death_text": ""}
    undated |= {f"{name}_{end}": None for name in ("birth", "death") for end in ("earliest", "latest")}
    Animal.objects.filter(studbook_number__in="1234").update(**undated)
    past = history_on(Basis(family.programme))
    assert (past.first_day, len(past.stays.undated)) == (BIRTH, 4)


def test_history__without_a_holder_birth_and_death_stand_for_one(family: Family) -> None:
    past = history_on(Basis(family.programme))
    assert past.stays.without_holder == ("1", "2", "3", "4")
    assert _present(family.programme, date(1970, 1, 1)) == 4


def test_days_of__ends_on_the_last_day_and_names_it_once() -> None:
    assert days_of(date(2023, 5, 1), date(2024, 12, 31)) == [date(2023, 12, 31), date(2024, 12, 31)]
    assert days_of(None, date(2024, 1, 1)) == days_of(date(2025, 1, 1), date(2024, 1, 1)) == []


def test_genetic_history__shows_rows_and_charts(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL, {"first": "2014"})
    assert page.status_code == 200
    assert [row.on.year for row in page.context["rows"]] == list(range(2014, 2026))
    assert [chart.title for chart in page.context["charts"]][:2] == ["Animals", "Gene diversity"]
    text = page.content.decode()
    assert "goal 90 %" in text
    assert "nan" not in text.lower().replace("provenance", "")
    assert "4 animals without any holder on record count from birth to death" in text


def test_genetic_history__answers_for_any_day(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL, {"on": "2016-02-29"})
    assert page.context["moment"].living == 4
    assert "On 29 February 2016" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"on": "soon"}, "Write the day as 2003-05-01."),
        ({"on": "2030-01-01"}, "The book tells of the days from"),
        ({"on": "1801-01-01"}, "The book tells of the days from"),
        ({"first": "early"}, "Enter a whole number"),
        ({"first": "2020", "last": "2010"}, "The last year lies before the first. Swap the two."),
        ({"first": "999999999999999999999"}, "less than or equal to 2200"),
    ],
)
def test_genetic_history__nonsense_is_answered_at_its_field(
    family: Family, olga: Any, signed_in: Any, query: dict[str, str], sentence: str
) -> None:
    browser = signed_in(olga)
    page = browser.get(URL, query)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert page.context["rows"] == []
    assert browser.get(CSV, query).status_code == 400


def test_genetic_history__an_empty_book_says_so(programme: Any, olga: Any, signed_in: Any) -> None:
    assert "there is no past to tell" in signed_in(olga).get(URL).content.decode()


def test_genetic_history__says_when_records_and_timeline_differ(
    family: Family, olga: Any, signed_in: Any
) -> None:
    Holding.objects.filter(animal=family[9]).update(end=date(2024, 1, 1))
    text = signed_in(olga).get(URL).content.decode()
    assert "6 living animals" in text
    assert "5 are held by somebody on 31 October 2025" in text


def test_genetic_history__one_undated_animal_is_no_harm(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    AnimalFactory(programme=programme, birth=None)
    assert "there is no past to tell" in signed_in(olga).get(URL).content.decode()


def test_genetic_history_csv__holds_numbers_in_full(family: Family, olga: Any, signed_in: Any) -> None:
    answer = signed_in(olga).get(CSV, {"first": "2019", "last": "2020"})
    assert answer["Content-Disposition"] == 'attachment; filename="leopards-genetic-history.csv"'
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))
    assert [(row["on"], row["living"]) for row in rows] == [("2019-12-31", "4"), ("2020-12-31", "6")]
    assert float(rows[0]["mean_kinship"]) == 0.1875
    assert rows[0]["mean_inbreeding"] == "0.0"


def test_genetic_history__is_for_the_programmes_people(
    family: Family, cy: Any, signed_in: Any, client: Any
) -> None:
    assert client.get(URL).status_code == 302
    browser = signed_in(cy)
    assert [browser.get(url).status_code for url in (URL, CSV)] == [404, 404]


def test_genetic_history__as_many_queries_for_ten_animals_as_for_forty(
    family: Family, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    with django_assert_num_queries(9):
        browser.get(URL)
    with django_assert_num_queries(4):
        browser.get(URL)
    for number in range(20, 50):
        animal_at(family.zoo, programme=family.programme, studbook_number=str(number), sex="FM"[number % 2])
    family.programme.revision += 1
    family.programme.save()
    with django_assert_num_queries(9):
        browser.get(URL)


def test_history__a_stay_that_ends_before_death_is_not_stretched(family: Family) -> None:
    dead = animal_at(
        family.zoo,
        programme=family.programme,
        studbook_number="77",
        birth=DateInterval.parse("2000-01-01"),
        status=Animal.Status.DEAD,
        death=DateInterval.parse("2010-01-01"),
    )
    dead.holdings.update(end=date(2005, 1, 1))
    assert [_present(family.programme, date(year, 6, 1)) for year in (2004, 2006)] == [1, 0]


def test_history__an_overlay_leaves_out_whom_it_excludes(family: Family, olga: Any, signed_in: Any) -> None:
    overlay = OverlayFactory(programme=family.programme)
    AssumptionFactory(overlay=overlay, animal=family[9])
    page = signed_in(olga).get(URL, {"overlay": overlay.pk})
    assert page.context["rows"][-1].living == 5
    assert "Not as recorded" in page.content.decode()
    assert not page.context["past"].differs
