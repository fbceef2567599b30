"""Who was in the population when, by every filter, beside a plain recomputation."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from pedigree.demography.census import yearly_census
from studbook.animals.models import Animal, Event
from studbook.core.dates import DateInterval
from studbook.population.basis import Basis
from studbook.population.demography.book import book_on
from studbook.population.demography.filters import Filters
from studbook.population.demography.sets import PopulationSet, set_of, year_ends
from studbook.population.demography.yearly import Year, observed_growth, whole_years, years_of
from studbook.programmes.models import Programme
from tests.factories import AssumptionFactory, EventFactory, HoldingFactory, OverlayFactory
from tests.population.demography import naive
from tests.population.demography.conftest import Story


def _set(programme: Programme, **asked: object) -> PopulationSet:
    return set_of(book_on(Basis(programme)), Filters(**asked))  # type: ignore[arg-type]


def _there(programme: Programme, day: str, **asked: object) -> list[str]:
    chosen = _set(programme, **asked)
    return [presence.member.number for presence, _ in chosen.on(date.fromisoformat(day))]


def _moved(programme: Programme, **asked: object) -> list[tuple[str, str, str]]:
    return sorted((move.member.number, move.kind, str(move.on)) for move in _set(programme, **asked).moves())


def _told(year: Year) -> dict[str, int]:
    census = {"M": year.census.male, "F": year.census.female, "U": year.census.unknown}
    moves = {name: getattr(year, name).total for name in ("births", "deaths", "entries", "exits")}
    return census | moves


def test_set_of__counts_from_the_day_of_coming_up_to_the_day_before_leaving(story: Story) -> None:
    days = ("2000-02-29", "2000-03-01", "2010-05-31", "2010-06-01")
    assert ["1" in _there(story.programme, day) for day in days] == [False, True, True, False]


def test_set_of__a_release_is_an_exit_and_a_recapture_an_entry(story: Story) -> None:
    assert [each for each in _moved(story.programme) if each[0] == "3"] == [
        ("3", "birth", "2004-04-10"),
        ("3", "entry", "2011-02-02"),
        ("3", "exit", "2008-09-09"),
    ]
    assert ["3" in _there(story.programme, day) for day in ("2008-09-08", "2008-09-09", "2011-02-02")] == [
        True,
        False,
        True,
    ]


def test_set_of__with_the_wild_a_release_is_a_transfer(story: Story) -> None:
    assert [each for each in _moved(story.programme, in_situ=True) if each[0] == "3"] == [
        ("3", "birth", "2004-04-10")
    ]
    assert "3" in _there(story.programme, "2010-01-01", in_situ=True)


def test_set_of__with_the_wild_a_wild_birth_counts_from_its_day(story: Story) -> None:
    assert _there(story.programme, "1997-01-01", in_situ=True) == ["1", "2"]
    assert _there(story.programme, "1997-01-01") == []


def test_set_of__one_never_caught_counts_with_the_wild_alone(story: Story) -> None:
    assert "6" not in _there(story.programme, "2003-01-01")
    assert "6" in _there(story.programme, "2003-01-01", in_situ=True)


def test_set_of__a_move_between_two_zoos_is_none_of_the_population(story: Story) -> None:
    assert ("2", "exit", "2003-05-05") not in _moved(story.programme)
    assert ("2", "exit", "2003-05-05") in _moved(story.programme, region="EARAZA")
    assert ("2", "entry", "2003-05-05") in _moved(story.programme, institutions=frozenset([story.zoo.pk]))


def test_set_of__two_institutions_are_one_set(story: Story) -> None:
    both = frozenset([story.zoo.pk, story.kazan.pk])
    assert ("2", "exit", "2003-05-05") not in _moved(story.programme, institutions=both)


def test_set_of__dead_on_the_day_of_birth_is_a_birth_and_a_death(story: Story) -> None:
    found = [each for each in _moved(story.programme) if each[0] == "4"]
    assert found == [("4", "birth", "2004-04-10"), ("4", "death", "2004-04-10")]
    assert "4" not in _there(story.programme, "2004-04-10")


def test_set_of__origin_leaves_out_the_others(story: Story) -> None:
    assert _there(story.programme, "2005-06-01", origin="wild") == ["1", "2"]
    assert _there(story.programme, "2005-06-01", origin="captive") == ["3", "5"]


def test_book_on__names_what_the_book_leaves_open(story: Story) -> None:
    Animal.objects.filter(studbook_number="8").update(
        **{f"{name}_{end}": None for name in ("birth", "death") for end in ("earliest", "latest")},
        status="lost",
    )
    book = book_on(Basis(story.programme))
    assert (book.without_holder, book.uncaught, book.undated) == ((), (), ("8",))


def test_book_on__without_a_holder_birth_and_death_stand_for_one(story: Story) -> None:
    assert book_on(Basis(story.programme)).without_holder == ("8",)
    assert "8" in _there(story.programme, "2008-01-01")
    assert "8" not in _there(story.programme, "2008-01-01", region="EAZA")


def test_book_on__leaves_out_whom_an_overlay_excludes_and_keeps_it_as_a_parent(story: Story) -> None:
    overlay = OverlayFactory(programme=story.programme)
    AssumptionFactory(overlay=overlay, animal=story.animals["2"])
    book = book_on(Basis(story.programme, (overlay,)))
    chosen = set_of(book, Filters())
    assert "2" not in book.by_number
    assert len(chosen.lives) == len(book.members) + 1


def test_book_on__leaves_out_who_came_by_provisional_entries_alone(story: Story) -> None:
    seven = story.animals["7"]
    EventFactory(animal=seven, date=DateInterval.parse("2012-05-01"), institution=story.zoo, provisional=True)
    basis = Basis(story.programme, confirmed_only=True)
    assert "7" not in book_on(basis).by_number
    assert "7" in book_on(Basis(story.programme)).by_number


def test_set_of__an_animal_whose_days_exclude_each_other_is_named_and_in_no_count(story: Story) -> None:
    Animal.objects.filter(studbook_number="1").update(
        death_earliest=date(1999, 1, 1), death_latest=date(1999, 1, 1)
    )
    chosen = _set(story.programme)
    assert chosen.contradictory == ("1",)
    assert "1" not in [presence.member.number for presence in chosen.presences]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"in_situ": True},
        {"origin": "captive"},
        {"region": "EAZA"},
        {"region": "EARAZA", "in_situ": True},
        {"first": date(2003, 1, 1), "last": date(2011, 12, 31)},
    ],
    ids=str,
)
def test_years_of__equal_a_plain_recomputation(story: Story, asked: dict[str, object]) -> None:
    chosen = _set(story.programme, **asked)
    years = [year for year in years_of(chosen) if year.is_whole and year.year > chosen.first.year]
    assert years
    lives = naive.lives(story.programme, chosen.filters)
    for year in years:
        assert _told(year) == naive.year(lives, year.year), year.on


def test_years_of__equal_those_of_the_science(story: Story) -> None:
    chosen = _set(story.programme)
    years = [year for year in years_of(chosen) if year.is_whole]
    for year, row in zip(years, yearly_census(chosen.lives, [year.year for year in years]), strict=True):
        assert (year.census.total, year.births.total, year.deaths.total) == (
            row.total,
            row.births,
            row.deaths,
        )
        assert (year.entries.total, year.exits.total) == (row.arrivals, row.departures)
        assert (year.captive_born, year.wild_born) == (
            row.by_origin.get("captive", 0),
            row.by_origin.get("wild", 0),
        )


def test_years_of__count_holders_regions_and_where_young_were_born(story: Story) -> None:
    years = {year.year: year for year in years_of(_set(story.programme))}
    assert (years[2001].regions, years[2001].holders) == ({"EAZA": 1, "EARAZA": 1}, 2)
    assert (years[2004].holders, years[2004].breeding_holders) == (1, 1)
    assert years[2005].breeding_holders == 1


def test_observed_growth__is_the_yearly_factor_between_two_days(story: Story) -> None:
    chosen = _set(story.programme, last=date(2012, 12, 31))
    now, before = len(chosen.on(date(2012, 12, 31))), len(chosen.on(date(2007, 12, 31)))
    assert (now, before) == (3, 5)
    assert observed_growth(chosen, 5) == pytest.approx((3 / 5) ** 0.2)
    assert observed_growth(chosen, 50) is None


def test_whole_years__leave_the_year_begun_out_unless_it_is_the_only_one(story: Story) -> None:
    years = years_of(_set(story.programme))
    assert [year.year for year in whole_years(years, 2)] == [2023, 2024]
    assert whole_years(years[-1:], 2) == years[-1:]


def test_year_ends__of_a_window_that_ends_before_it_begins_are_none() -> None:
    assert year_ends(date(2005, 1, 1), date(2004, 1, 1)) == []


def test_book_on__an_event_after_a_stay_is_no_return(story: Story) -> None:
    # Released for good: with the wild it stays in, without it is gone.
    five = story.animals["5"]
    for kind, on in (("birth", "2005-04-01"), ("release", "2009-12-31")):
        EventFactory(animal=five, kind=Event.Kind(kind), date=DateInterval.parse(on), institution=story.zoo)
    assert "5" in _there(story.programme, "2020-01-01", in_situ=True)
    assert "5" not in _there(story.programme, "2020-01-01")


def test_book_on__reads_in_as_many_queries_for_more_animals(story: Story, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(7):
        book_on(Basis(story.programme))
    for number in range(20, 40):
        HoldingFactory(
            animal__programme=story.programme, animal__studbook_number=str(number), institution=story.zoo
        )
    story.programme.revision += 1
    story.programme.save()
    with django_assert_num_queries(7):
        book_on(Basis(story.programme))


@pytest.mark.slow
@pytest.mark.django_db
def test_years_of__the_condor_book_equals_a_plain_recomputation(condor_folder: Path) -> None:
    options = ("--format", "sparks", "--programme", "condor", "--with-faults", str(condor_folder))
    call_command("import_studbook", *options, stdout=StringIO())
    programme = Programme.objects.get(code="condor")
    for filters in (Filters(), Filters(in_situ=True)):
        chosen = set_of(book_on(Basis(programme)), filters)
        told = {year.year: year for year in years_of(chosen)}
        lives = [
            life
            for life in naive.lives(programme, filters)
            if life.animal.studbook_number not in chosen.contradictory
        ]
        for of in range(1985, 2010, 5):
            assert told[of].census.total == sum(life.there(date(of, 12, 31)) for life in lives), (filters, of)
