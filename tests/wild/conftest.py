"""The wild of a small book: a site, and two living animals at a zoo."""

from typing import Any

import pytest

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.wild.models import CameraRecord, ReleaseSite, SurveyCount
from tests import factories

PAGES = "/programmes/leopards/wild/"
COUNT: dict[str, Any] = {
    **{"first_year": 2014, "last_year": 2015, "area": "Whole range", "country": "Russia and China"},
    **{"method": "joint", "best": 84, "source": "A report, https://example.org/report"},
}
MET: dict[str, Any] = {
    **{
        "seen": "October 2013",
        "area": "Wangqing",
        "country": "China",
        "individuals": "a female with two cubs",
    },
    **{
        "adults": 1,
        "young": 2,
        "source": "A report",
        "latitude_tenths": "43.4211",
        "longitude_tenths": "130.6899",
    },
}
SITE: dict[str, Any] = {"name": "Lazovsky", "country": "Russia", "state": "planned"}
WHY = {"opened_version": 1, "reason": "The newer report says so."}
# What nobody without the right may read of a place at 43.4 N, 130.7 E, however it is written.
SECRET = ("43.4", "434", "130.7", "1307")


@pytest.fixture
def count(programme: Programme) -> SurveyCount:
    made: SurveyCount = factories.SurveyCountFactory(programme=programme)
    return made


@pytest.fixture
def camera(programme: Programme) -> CameraRecord:
    made: CameraRecord = factories.CameraRecordFactory(
        programme=programme, latitude_tenths=434, longitude_tenths=1307
    )
    return made


@pytest.fixture
def site(programme: Programme) -> ReleaseSite:
    made: ReleaseSite = factories.ReleaseSiteFactory(
        programme=programme, name="Lazovsky", latitude_tenths=434, longitude_tenths=1307
    )
    return made


@pytest.fixture
def two(programme: Programme, zoo: Institution) -> list[Animal]:
    return [living(programme, zoo, number) for number in ("7", "8")]


def living(programme: Programme, zoo: Institution, number: str, **columns: Any) -> Animal:
    told = {"studbook_number": number, "birth": DateInterval.parse("2018-05-03"), **columns}
    made: Animal = factories.animal_at(zoo, programme=programme, **told)
    return made
