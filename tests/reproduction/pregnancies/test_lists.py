"""The list of pregnancies with its files, and the parts that other pages show of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import standing_of
from studbook.core.panels import rendered_panels
from studbook.institutions.models import Institution
from studbook.reproduction.models import Mating, Pairing
from tests.reproduction.assisted import inseminated, procedure
from tests.reproduction.conftest import Couple
from tests.reproduction.pregnancies.told import at, days_ago, pregnant

SignedIn = Callable[[User], Client]
SITE = ("--site", "https://studbook.example")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {50, 70, 110, 200}),
        ("state=open", {50, 70, 110}),
        ("state=soon", {70}),
        ("state=overdue", {110}),
        ("state=lost", {200}),
        ("state=struck", {10}),
        ("animal=3", {50, 70, 110, 200}),
        ("animal=2", {50, 70, 110}),
        ("animal=99", set()),
        ("method=banked", {200}),
        ("institution=999", set()),
        ("state=nonsense", set()),
    ],
)
def test_list__is_narrowed(
    query: str, found: set[int], couple: Couple, olga: User, signed_in: SignedIn
) -> None:
    for days in (50, 70, 110):
        pregnant(couple, days)
    pregnant(couple, 200, sire=None, method="banked", outcome="lost", ended=days_ago(150))
    pregnant(couple, 10, struck_at=timezone.now(), struck_why="Wrong.")
    page = signed_in(olga).get(f"{at('pregnancies')}?{query}")
    rows = [line.row.pregnancy for line in page.context["lines"]]
    today = timezone.localdate()
    assert {(today - each.conceived_earliest).days for each in rows} == found


def test_list__is_exported_and_costs_the_same_for_many(
    couple: Couple, olga: User, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    for days in (50, 70, 110):
        pregnant(couple, days)
    client = signed_in(olga)
    with django_assert_max_num_queries(12):
        client.get(at("pregnancies"))
    lines = client.get(f"{at('pregnancies_csv')}?state=overdue").getvalue().decode().splitlines()
    assert lines[0].startswith("pregnancy,dam,sire")
    assert len(lines) == 2
    assert client.get(at("pregnancies_xlsx")).content.startswith(b"PK")
    assert client.get(f"{at('pregnancies_csv')}?state=nonsense").status_code == 400
    for order in ("dam", "-sire", "method", "ended", "nonsense"):
        assert client.get(f"{at('pregnancies')}?order={order}").status_code == 200


def part(page: str, subject: Any, programme: Any, person: User) -> str:
    request = RequestFactory().get("/")
    request.user, request.programme = person, programme  # type: ignore[attr-defined]
    request.standing = standing_of(person, programme.pk)  # type: ignore[attr-defined]
    return "".join(rendered_panels(page, request, subject))


def test_panels__lead_from_a_mating_an_insemination_and_a_pair(
    couple: Couple, bo: User, olga: User, zoo: Institution
) -> None:
    mating = Mating(programme=couple.programme, sire=couple.sire, dam=couple.dam, institution=zoo)
    mating.date = days_ago(50)
    mating.save()
    pairing = Pairing(programme=couple.programme, sire=couple.sire, dam=couple.dam, institution=zoo)
    pairing.introduced = days_ago(60)
    pairing.save()
    insemination = inseminated(couple.dam, couple.late, str(days_ago(50)), zoo)
    new = at("pregnancy_new", "3")
    for page, subject, query in (
        ("mating", mating, f"mating={mating.pk}"),
        ("procedure", insemination, f"insemination={insemination.pk}"),
        ("pairing", pairing, "sire=2"),
    ):
        assert f'href="{new}?{query}"' in part(page, subject, couple.programme, bo)
        assert part(page, subject, couple.programme, olga) == ""
    scan = procedure(couple.dam, "examination", str(days_ago(20)), zoo)
    assert "Pregnancies" not in part("procedure", scan, couple.programme, bo)
    pregnancy = pregnant(couple, mating=mating)
    for page, subject in (("mating", mating), ("pairing", pairing)):
        assert at("pregnancy", pregnancy.pk) in part(page, subject, couple.programme, olga)


def test_panels__tell_what_is_expected_and_overdue(couple: Couple, olga: User, signed_in: SignedIn) -> None:
    dashboard = at("dashboard")
    assert "Young expected" not in signed_in(olga).get(dashboard).text
    assert "No young are expected" in part("reproduction", couple.programme, couple.programme, olga)
    late, soon = pregnant(couple, 110), pregnant(couple, 80)
    for text in (
        signed_in(olga).get(dashboard).text,
        part("reproduction", couple.programme, couple.programme, olga),
    ):
        assert text.index("Outcome overdue") < text.index(at("pregnancy", late.pk))
        assert text.index("Young expected within 30 days") < text.index(at("pregnancy", soon.pk))


def test_animal_page__lists_pregnancies_of_both(couple: Couple, bo: User, signed_in: SignedIn) -> None:
    pregnancy = pregnant(couple)
    for number in ("2", "3"):
        assert at("pregnancy", pregnancy.pk) in signed_in(bo).get(at("animal", number)).text
    assert "Start a pregnancy" not in signed_in(bo).get(at("animal", "2")).text
