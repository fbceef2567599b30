from datetime import date, timedelta

import numpy as np
import pytest

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.population.analysis import analysis_of
from studbook.population.breeders import (
    AGE_UNKNOWN,
    LIMIT_UNKNOWN,
    TOO_OLD,
    TOO_YOUNG,
    breeders_of,
)
from studbook.population.distance import great_circle_km
from studbook.population.pair_forms import PairFilterForm
from studbook.population.pairs import PairList, only_pair, pairs_of, pairs_with
from studbook.programmes.models import Programme
from tests.factories import FounderFactory, InstitutionFactory, animal_at
from tests.population.conftest import DEAD, Family

BREEDERS = {
    ("5", "6"),
    ("5", "8"),
    ("5", "10"),
    ("7", "6"),
    ("7", "8"),
    ("7", "10"),
    ("9", "6"),
    ("9", "8"),
    ("9", "10"),
}


@pytest.fixture
def pairs(family: Family) -> PairList:
    return pairs_of(family.programme, analysis_of(family.programme))


def numbers(pairs: PairList) -> set[tuple[str, str]]:
    return {(row.sire.number, row.dam.number) for row in pairs}


def narrowed(pairs: PairList, **wanted: object) -> PairList:
    form = PairFilterForm({key: str(value) for key, value in wanted.items()}, breeders=pairs.breeders)
    assert form.is_valid(), form.errors
    return form.narrowed(pairs)


def test_pairs_of__every_living_male_with_every_living_female(pairs: PairList) -> None:
    assert numbers(pairs) == BREEDERS
    assert [row.rank for row in pairs] == list(range(1, 10))


def test_pairs_of__sets_those_too_close_behind_all_others(family: Family) -> None:
    # An only line: its two last sibs have the rarest genes of all, and no pair would add more than they.
    parents = [
        FounderFactory(programme=family.programme, studbook_number=number, sex=sex, **DEAD)
        for number, sex in (("11", "M"), ("12", "F"))
    ]
    for number, sex in (("13", "M"), ("14", "F")):
        born = DateInterval.parse("2015-05-01")
        columns = {"programme": family.programme, "sire": parents[0], "dam": parents[1], "birth": born}
        animal_at(family.zoo, studbook_number=number, sex=sex, **columns)
    pairs = pairs_of(family.programme, analysis_of(family.programme))
    close = [row.above_limit for row in pairs]
    assert close == sorted(close)
    sibs = next(row for row in pairs if (row.sire.number, row.dam.number) == ("13", "14"))
    assert sibs.above_limit
    last_apart = pairs[close.index(True) - 1]
    assert sibs.numbers.delta_gd > last_apart.numbers.delta_gd
    assert pairs.rank_of("13", "14") == sibs.rank > last_apart.rank


def test_pairs_of__says_what_one_young_would_do(pairs: PairList) -> None:
    # M' = (N^2 M + N (MK_i + MK_j) + (1 + f)/2) / (N + 1)^2 with N = 6, N^2 M = 7.25, MK = 1.125/6 each, f = 0.
    first = pairs[0]
    assert (first.sire.number, first.dam.number) == ("5", "8")
    assert first.numbers.f_offspring == 0
    assert first.numbers.delta_gd == pytest.approx(7.25 / 36 - (7.25 + 2.25 + 0.5) / 49, abs=1e-15)
    sibs = next(row for row in pairs if (row.sire.number, row.dam.number) == ("5", "6"))
    assert sibs.numbers.f_offspring == 0.25
    assert sibs.above_limit
    assert not first.above_limit


def test_pairs_of__leaves_out_the_young_the_old_and_the_gone(family: Family, zoo: Institution) -> None:
    programme = family.programme
    programme.female_last_breeding_years, programme.male_last_breeding_years = 9, 30
    programme.save()
    animal_at(zoo, programme=programme, studbook_number="11", sex="F", birth=DateInterval.parse("2025-06-01"))
    animal_at(zoo, programme=programme, studbook_number="12", sex="F", status=Animal.Status.LOST)
    animal_at(zoo, programme=programme, studbook_number="13", sex="U")
    animal_at(zoo, programme=programme, studbook_number="14", sex="F", birth=None)
    breeders = breeders_of(programme)
    assert {
        number: each.age_mark for number, each in breeders.items() if number in ("6", "10", "11", "14")
    } == {
        "6": TOO_OLD,
        "10": "",
        "11": TOO_YOUNG,
        "14": AGE_UNKNOWN,
    }
    found = numbers(pairs_of(programme, analysis_of(programme)))
    assert {dam for _, dam in found} == {"10", "14"}


def test_breeders_of__a_last_age_lasts_until_the_next_birthday(family: Family) -> None:
    programme = family.programme
    programme.female_last_breeding_years, programme.current_to = 11, date(2026, 4, 1)
    programme.save()
    assert breeders_of(programme)["6"].breedable
    programme.current_to = date(2026, 6, 1)
    assert breeders_of(programme)["6"].age_mark == TOO_OLD


@pytest.mark.parametrize(
    ("born", "birthday"), [("2012-03-01", date(2026, 3, 1)), ("2012-02-29", date(2026, 3, 1))]
)
def test_breeders_of__the_last_age_ends_on_the_birthday(family: Family, born: str, birthday: date) -> None:
    family[6].birth = DateInterval.parse(born)
    family[6].save()
    programme = family.programme
    programme.female_last_breeding_years, programme.current_to = 13, birthday - timedelta(days=1)
    programme.save()
    assert breeders_of(programme)["6"].breedable
    programme.current_to = birthday
    assert breeders_of(programme)["6"].age_mark == TOO_OLD


def test_breeders_of__a_missing_limit_is_allowed_and_marked(family: Family) -> None:
    assert breeders_of(family.programme)["5"].age_mark == LIMIT_UNKNOWN
    assert breeders_of(family.programme)["5"].breedable


def test_pairs_of__four_queries_whatever_the_size(family: Family, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    analysis = analysis_of(family.programme)
    with django_assert_num_queries(4):
        pairs_of(family.programme, analysis)[:50]
    for number in range(20, 30):
        animal_at(family.kazan, programme=family.programme, studbook_number=str(number), sex="FM"[number % 2])
    family.programme.revision += 1
    analysis = analysis_of(family.programme)
    with django_assert_num_queries(4):
        assert len(pairs_of(family.programme, analysis)[:50]) == 50


def test_only_pair__is_empty_for_a_pair_that_cannot_be(family: Family) -> None:
    analysis = analysis_of(family.programme)
    breeders = breeders_of(family.programme)
    assert len(only_pair(family.programme, analysis, breeders, "5", "6")) == 1
    assert len(only_pair(family.programme, analysis, breeders, "5", "7")) == 0
    assert len(only_pair(family.programme, analysis, breeders, "1", "6")) == 0


def test_pairs_with__ranks_the_mates_of_one_animal_as_the_whole_list_does(
    family: Family, pairs: PairList
) -> None:
    mates = pairs_with(family.programme, analysis_of(family.programme), "9")
    expected = [row.dam.number for row in pairs if row.sire.number == "9"]
    assert [row.dam.number for row in mates] == expected


def test_rank_of__is_the_place_in_the_whole_list(pairs: PairList) -> None:
    assert pairs.rank_of("5", "8") == 1
    assert pairs.rank_of("8", "5") is None
    assert [pairs.rank_of(row.sire.number, row.dam.number) for row in pairs] == list(range(1, 10))


def test_distance__mulhouse_to_kazan_and_none_where_a_place_is_unknown(
    family: Family, pairs: PairList
) -> None:
    far = next(row for row in pairs if (row.sire.number, row.dam.number) == ("5", "6"))
    assert far.distance_km == pytest.approx(2959, abs=1)
    assert not far.same_place
    family.kazan.latitude = family.kazan.longitude = None
    family.kazan.save()
    again = pairs_of(family.programme, analysis_of(family.programme))
    assert {row.distance_km for row in again} == {None}


def test_great_circle_km__knows_paris_to_london_and_the_antipodes() -> None:
    places = np.array([48.8566]), np.array([2.3522]), np.array([51.5074]), np.array([-0.1278])
    assert great_circle_km(*places)[0] == pytest.approx(343.6, abs=0.5)
    opposite = great_circle_km(np.array([0.0]), np.array([0.0]), np.array([0.0]), np.array([180.0]))
    assert opposite[0] == pytest.approx(20015.1, abs=0.1)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"animal": "9"}, {("9", "6"), ("9", "8"), ("9", "10")}),
        ({"animal": "10"}, {("5", "10"), ("7", "10"), ("9", "10")}),
        ({"age_from": 6}, {("5", "6"), ("5", "8"), ("7", "6"), ("7", "8")}),
        ({"age_to": 5}, {("9", "10")}),
        ({"inbreeding": 0.0}, {("5", "8"), ("7", "6")}),
        ({"distance": 100}, set()),
        ({"known": 100}, BREEDERS),
        ({"region": "EAZA"}, set()),
    ],
)
def test_narrowed__keeps_exactly_the_pairs_that_pass(
    pairs: PairList, wanted: dict[str, object], expected: set[object]
) -> None:
    assert numbers(narrowed(pairs, **wanted)) == expected


def test_narrowed__an_institution_means_one_of_the_two_lives_there(family: Family, zoo: Institution) -> None:
    third = InstitutionFactory(mnemonic="THIRD", name="Third")
    animal_at(third, programme=family.programme, studbook_number="20", sex="M")
    pairs = pairs_of(family.programme, analysis_of(family.programme))
    assert {sire for sire, _ in numbers(narrowed(pairs, institution=third.pk))} == {"20"}
    assert numbers(narrowed(pairs, institution=family.kazan.pk)) == numbers(pairs)


def test_narrowed__sorts_by_a_column_and_keeps_ranks(pairs: PairList) -> None:
    rows = list(narrowed(pairs, order="-f_offspring"))
    assert [row.numbers.f_offspring for row in rows] == sorted(
        (r.numbers.f_offspring for r in pairs), reverse=True
    )
    tied = [row.rank for row in rows if row.numbers.f_offspring == 0]
    assert tied == sorted(tied)


def test_filter_form__refuses_nonsense_with_a_sentence(pairs: PairList, programme: Programme) -> None:
    form = PairFilterForm({"animal": "nobody", "age_from": "old", "order": "beauty"}, breeders=pairs.breeders)
    assert not form.is_valid()
    assert set(form.errors) == {"animal", "age_from", "order"}
    assert "nobody is not a living animal of known sex" in str(form.errors["animal"])
    assert len(form.narrowed(pairs)) == 0
