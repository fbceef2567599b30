"""Books as they may really be: empty, extinct, of one sex, without dates; every page answers, with no half number."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal, ParentKind
from studbook.core.dates import DateInterval
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory, FounderFactory, InstitutionFactory, animal_at

PAGES = (
    "dashboard animals animals_csv animals_xlsx institutions pairs pairs_csv quality quality_csv recommendations "
    "pair_matrix pair_matrix_csv mate_thresholds chances chance_pairs chance_pairs_csv plans wild reproduction pairings "
    "procedures procedures_csv procedures_xlsx "
    "pregnancies pregnancies_csv pregnancies_xlsx bank samples samples_csv bank_places sample_labels "
    "reproductive_status reproductive_status_csv contraception_needs contraception_needs_csv"
)
HALF_NUMBER = re.compile(r"\b(nan|NaN|None|inf)\b")


def extinct(programme: Programme) -> None:
    for sex in "MF":
        AnimalFactory(programme=programme, sex=sex, status="dead", death=DateInterval.parse("2020"))


def of_one_sex(programme: Programme) -> None:
    AnimalFactory.create_batch(3, programme=programme, sex="M")


def without_sex(programme: Programme) -> None:
    AnimalFactory(programme=programme, sex="U")


def only_founders(programme: Programme) -> None:
    for sex in "MFU":
        FounderFactory(programme=programme, sex=sex, birth=DateInterval.parse("2015"))


def without_dates(programme: Programme) -> None:
    sire, dam = (AnimalFactory(programme=programme, sex=sex, birth=None) for sex in "MF")
    AnimalFactory(programme=programme, sire=sire, dam=dam, birth=None, sex="F")


def born_to_come(programme: Programme) -> None:
    for sex in "MF":
        AnimalFactory(programme=programme, sex=sex, birth=DateInterval.parse("2099"))


def of_unnamed_sires(programme: Programme) -> None:
    for sex in "MF":
        AnimalFactory(programme=programme, sex=sex, sire_kind=ParentKind.SEVERAL, dam_kind=ParentKind.SEVERAL)


def half_on_the_map(programme: Programme) -> None:
    animal_at(InstitutionFactory(latitude=None, longitude=None), programme=programme, sex="M")
    animal_at(InstitutionFactory(), programme=programme, sex="F")


def without_biology(programme: Programme) -> None:
    columns = [field for field in Programme._meta.fields if field.null and field.name != "current_to"]
    Programme.objects.filter(pk=programme.pk).update(**{field.name: None for field in columns})
    without_dates(programme)


STATES = (
    *(extinct, of_one_sex, without_sex, only_founders, without_dates, born_to_come, of_unnamed_sires),
    *(half_on_the_map, without_biology, lambda programme: None),
)


@pytest.mark.parametrize("fill", STATES, ids=lambda fill: fill.__name__.strip("<>"))
def test_book__answers_on_every_page(
    ada: User, programme: Programme, fill: Callable[[Programme], None]
) -> None:
    fill(programme)
    client = Client()
    client.force_login(ada)
    numbers = Animal.objects.values_list("studbook_number", flat=True)
    urls = [reverse(name, args=["leopards"]) for name in PAGES.split()]
    urls += [reverse("animal", args=["leopards", number]) for number in numbers]
    urls += [reverse("pair", args=["leopards", sire, dam]) for sire in numbers for dam in numbers]
    answers = {url: client.get(url) for url in urls}
    assert {url: answer.status_code for url, answer in answers.items() if answer.status_code != 200} == {}
    texts = {url: re.sub("<[^>]*>", " ", b"".join(each).decode("latin-1")) for url, each in answers.items()}
    assert {url for url, text in texts.items() if HALF_NUMBER.search(text) and "xlsx" not in url} == set()


def test_report__answers_for_every_institution_that_holds_an_animal(ada: User, programme: Programme) -> None:
    zoo = animal_at(InstitutionFactory(), programme=programme).holdings.get().institution
    client = Client()
    client.force_login(ada)
    report = reverse("recommendation_report", args=["leopards"])
    assert client.get(report, {"institution": zoo.pk}).status_code == 200
