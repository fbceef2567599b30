"""The pages of reproductive status: the list, its filters and files, the needs, and the part on an animal's page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories

SignedIn = Callable[[User], Client]


def at(name: str) -> str:
    return reverse(name, args=["leopards"])


def in_days(days: int) -> DateInterval:
    return DateInterval.exact(timezone.localdate() + timedelta(days=days))


@pytest.fixture
def cats(programme: Programme, zoo: Institution) -> dict[str, Animal]:
    """Return one animal in each state, by its number."""

    def observed(animal: Animal, kind: str, what: str, **columns: Any) -> None:
        columns = {"date": in_days(-400), "quantity": None, "unit": ""} | columns
        factories.ObservationFactory(animal=animal, kind=kind, what=what, **columns)

    made = {
        number: factories.animal_at(
            zoo, programme=programme, studbook_number=number, sex=sex, house_name=f"Cat {number}"
        )
        for number, sex in zip("123456", "FFFMMF", strict=True)
    }
    observed(made["1"], "contraception", "implant", until=in_days(30), product="=Deslorelin")
    observed(made["2"], "contraception", "implant", until=in_days(-30))
    observed(made["3"], "reproduction", "not for breeding", note="Lens defect.")
    observed(made["4"], "contraception", "neutered")
    observed(made["5"], "contraception", "implant", until=in_days(200), expected_return=in_days(300))
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "123456"),
        ("state=any", "12345"),
        ("state=none", "6"),
        ("state=barred", "34"),
        ("state=ending", "1"),
        ("state=ending&days=29", ""),
        ("days=365", "15"),
        ("state=past", ""),
        ("state=expired", "2"),
        ("state=contracepted", "15"),
        ("state=neutered", "4"),
        ("state=not+for+breeding", "3"),
        ("sex=M", "45"),
        ("animal=3", "3"),
        ("institution=99999", ""),
        ("days=0", ""),
        ("days=99999999999999999999", ""),
        ("state=%00", ""),
    ],
)
def test_list__is_narrowed(
    query: str, found: str, cats: dict[str, Animal], olga: User, signed_in: SignedIn
) -> None:
    page = signed_in(olga).get(f"{at('reproductive_status')}?{query}")
    assert page.status_code == 200
    assert "".join(line.row.animal.studbook_number for line in page.context["lines"]) == found


def test_list__tells_reasons_and_counts_what_waits(
    cats: dict[str, Animal], olga: User, signed_in: SignedIn
) -> None:
    page = signed_in(olga).get(at("reproductive_status")).text
    assert "Lens defect." in page
    assert "Contraception ends within 90 days: 1" in page
    assert "Over without a return told: 1" in page
    assert "Past its end, to be renewed or let go: 0" in page


def test_list__holds_what_is_past_its_end_and_not_fertile_again(
    cats: dict[str, Animal], olga: User, signed_in: SignedIn
) -> None:
    cats["5"].observations.update(until_earliest=in_days(-1).earliest, until_latest=in_days(-1).latest)
    page = signed_in(olga).get(f"{at('reproductive_status')}?state=past")
    assert [line.row.animal.studbook_number for line in page.context["lines"]] == ["5"]
    assert "Past its end, to be renewed or let go: 1" in page.text


def test_list__is_saved_as_a_file_that_no_spreadsheet_runs(
    cats: dict[str, Animal], olga: User, signed_in: SignedIn
) -> None:
    client = signed_in(olga)
    lines = client.get(f"{at('reproductive_status_csv')}?state=contracepted").getvalue().decode().splitlines()
    assert len(lines) == 3
    assert "'=Deslorelin" in lines[1]
    assert client.get(at("reproductive_status_xlsx")).content.startswith(b"PK")
    assert client.get(f"{at('reproductive_status_csv')}?days=x").status_code == 400


def test_list__asks_the_same_for_many(
    cats: dict[str, Animal], olga: User, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(olga)
    with django_assert_max_num_queries(12):
        client.get(at("reproductive_status"))


def test_needs__are_listed_and_saved(
    programme: Programme, zoo: Institution, olga: User, signed_in: SignedIn
) -> None:
    born = DateInterval.parse("2015-05-03")
    client = signed_in(olga)
    assert "No related pair" in client.get(at("contraception_needs")).text
    dam = factories.animal_at(zoo, programme=programme, studbook_number="1", birth=born)
    factories.animal_at(
        zoo,
        programme=programme,
        studbook_number="2",
        sex="M",
        dam=dam,
        birth=DateInterval.parse("2019-05-03"),
    )
    assert "parent and young" in client.get(at("contraception_needs")).text
    lines = client.get(at("contraception_needs_csv")).getvalue().decode().splitlines()
    assert lines == [
        "institution,sire,sire_note,dam,dam_note,related",
        "Zoo A,2,,1,,parent and young",
    ]
    assert client.get(at("contraception_needs_xlsx")).content.startswith(b"PK")
    Animal.objects.filter(pk=dam.pk).update(birth_earliest=None, birth_latest=None)
    assert "age not known" in client.get(at("contraception_needs")).text
    assert (
        "Zoo A,2,,1,age not known,parent and young"
        in client.get(at("contraception_needs_csv")).getvalue().decode()
    )


def test_animal_page__tells_what_stands_and_all_that_was(
    cats: dict[str, Animal], olga: User, signed_in: SignedIn
) -> None:
    def page(number: str) -> str:
        return signed_in(olga).get(reverse("animal", args=["leopards", number])).text

    assert "Not for breeding since" in page("3")
    assert "hormone implant, =Deslorelin, until" in page("1")
    assert "Reproductive status" not in page("6")
    Animal.objects.filter(pk=cats["4"].pk).update(
        status="dead", death_earliest="2026-01-01", death_latest="2026-01-01"
    )
    assert "Through time" in page("4")
