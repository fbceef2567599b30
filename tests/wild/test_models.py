"""What the database itself keeps out of the records of the wild."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DataError, IntegrityError, transaction

from studbook.wild.models import SurveyCount
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"best": None},
        {"low": 60},
        {"high": 56},
        {"best": None, "low": 9, "high": 8},
        {"first_year": 2016, "last_year": 2015},
        {"first_year": 1799},
        {"last_year": 3000},
        {"area": ""},
        {"country": ""},
        {"source": ""},
        {"method": "guess"},
        {"struck_at": NOW},
        {"struck_why": "It is wrong."},
    ],
    ids=str,
)
def test_survey_count__is_kept_out_where_it_says_what_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.SurveyCountFactory(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude_tenths": 434},
        {"longitude_tenths": 1307},
        {"latitude_tenths": 901, "longitude_tenths": 0},
        {"latitude_tenths": 0, "longitude_tenths": -1801},
        {"individuals": "", "adults": None, "young": None},
        {"source": ""},
    ],
    ids=str,
)
def test_camera_record__is_kept_out_where_it_says_what_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.CameraRecordFactory(**wrong)


def test_camera_record__a_finer_place_cannot_be_stored() -> None:
    record = factories.CameraRecordFactory(latitude_tenths=434, longitude_tenths=1307)
    try:
        with transaction.atomic():
            type(record).objects.filter(pk=record.pk).update(latitude_tenths=434.216)
    except (DataError, ValueError, TypeError):
        pass
    record.refresh_from_db()
    assert record.latitude_tenths == 434


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "on hold"},
        {"state": "closed"},
        {"state": "open"},
        {"name": ""},
        {"youngest_months": 19, "oldest_months": 18},
        {"kinship_limit": 1.1},
        {"inbreeding_limit": -0.1},
        {"lineage_cap": 0},
        {"lineage_cap": 1},
    ],
    ids=str,
)
def test_release_site__is_kept_out_where_it_says_what_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ReleaseSiteFactory(**wrong)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"best": 57}, "57"),
        ({"low": 19, "best": None, "high": 26}, "19–26"),
        ({"low": 50, "best": 57, "high": 60}, "57 (50–60)"),
        ({"low": 40, "best": None}, "at least 40"),
        ({"high": 30, "best": None}, "at most 30"),
    ],
)
def test_number__is_said_as_people_say_it(numbers: dict[str, Any], words: str) -> None:
    assert factories.SurveyCountFactory.build(**numbers).number == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(2015, 2015, "2015"), (2014, 2015, "2014–15"), (1999, 2003, "1999–2003"), (2000, 2003, "2000–03")],
)
def test_years__are_said_as_people_say_them(first: int, last: int, words: str) -> None:
    assert SurveyCount(first_year=first, last_year=last).years == words


def test_place__has_its_hemispheres() -> None:
    told = factories.CameraRecordFactory.build(latitude_tenths=-5, longitude_tenths=-1307)
    assert told.place == "0.5° S, 130.7° W"
