"""A release beside what its site needs: what is read first, and what is still wanted (rule D14)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.findings import UnacknowledgedError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.wild.models import Release, ReleaseSite
from studbook.wild.releasing import release_animals
from tests import factories
from tests.wild.conftest import PAGES, living

pytestmark = pytest.mark.django_db
DAY = DateInterval.parse("2024-05-03")
WHY = {"reason": "The site agreed.", "acknowledged": ["D14"]}


@pytest.fixture
def family(programme: Programme, zoo: Institution) -> list[Animal]:
    """Return two brothers of a year and a half and their sister, and an old male."""
    sire, dam = (
        factories.FounderFactory(programme=programme, sex=sex, studbook_number=f"F{sex}") for sex in "MF"
    )
    kin = {"sire": sire, "dam": dam, "sire_kind": "known", "dam_kind": "known"}
    young = DateInterval.parse("2022-11-03")
    made = [living(programme, zoo, number, sex=sex, birth=young, **kin) for number, sex in ("7M", "8M", "9F")]
    return [*made, living(programme, zoo, "15", sex="M", birth=DateInterval.parse("2009-05-01"))]


def needs(**told: Any) -> None:
    ReleaseSite.objects.update(**told)


def warned(site: ReleaseSite, by: User, *numbers: str) -> list[str]:
    with pytest.raises(UnacknowledgedError) as refusal:
        release_animals(site, animals=numbers, on=DAY, by=by)
    assert not Release.objects.filter(lines__animal__studbook_number__in=numbers).exists()
    assert {each.code for each in refusal.value.findings} == {"D14"}
    return [each.sentence for each in refusal.value.findings]


@pytest.mark.rule("D14", door="form", case="inside outside")
def test_release_animals__of_the_wrong_age_is_read_first(
    site: ReleaseSite, family: list[Animal], ada: User
) -> None:
    needs(youngest_months=12, oldest_months=18)
    assert warned(site, ada, "15") == [
        "15 is not what Lazovsky needs. It is 180 months old, older than 18. Leave it out, or say why it goes all the same."
    ]
    # Of the age on the day of the release, whatever the day it is written down.
    release_animals(site, animals=["7"], on=DAY, by=ada)
    release_animals(site, animals=["15"], on=DAY, by=ada, **WHY)
    assert AuditEntry.objects.latest("pk").acknowledged == "D14"


def test_release_animals__more_of_a_sex_than_wanted_are_read_first(
    site: ReleaseSite, family: list[Animal], ada: User
) -> None:
    needs(males_wanted=1, females_wanted=1)
    [sentence] = warned(site, ada, "7", "8", "9")
    assert sentence == (
        "Lazovsky wants 1 male; 0 males were released there, and here are 2 males more. Leave out 1, or say why."
    )
    release_animals(site, animals=["7"], on=DAY, by=ada)
    [sentence] = warned(site, ada, "8")
    assert "wants 1 male; 1 male was released there, and here is 1 male more" in sentence
    needs(males_wanted=0, females_wanted=0)
    release_animals(site, animals=["8"], on=DAY, by=ada)


def test_release_animals__above_a_limit_is_read_first(
    site: ReleaseSite, family: list[Animal], programme: Programme, zoo: Institution, ada: User
) -> None:
    needs(kinship_limit=0.125, inbreeding_limit=0.1)
    [sentence] = warned(site, ada, "7", "9")
    assert "a kinship of up to 0.1250 within a group; here have 7 and 9 0.2500. Leave one" in sentence
    young = {"sire": family[0], "dam": family[2], "sire_kind": "known", "dam_kind": "known"}
    living(programme, zoo, "20", birth=DateInterval.parse("2024-04-01"), **young)
    programme.refresh_from_db()
    Programme.objects.update(revision=programme.revision + 1)
    assert any("Its F is 0.2500, above 0.1." in each for each in warned(site, ada, "20"))
    release_animals(site, animals=["7", "15"], on=DAY, by=ada)


def test_release_animals__of_kin_of_one_released_there_is_read_first(
    site: ReleaseSite, family: list[Animal], ada: User
) -> None:
    needs(kinship_limit=0.125)
    release_animals(site, animals=["7"], on=DAY, by=ada)
    [sentence] = warned(site, ada, "9", "15")
    assert sentence == (
        "9 is not what Lazovsky needs. Its kinship to 7, released here before, is 0.2500, above 0.125. "
        "Leave it out, or say why it goes all the same."
    )
    release_animals(site, animals=["15"], on=DAY, by=ada)
    needs(kinship_limit=0.25)
    release_animals(site, animals=["9"], on=DAY, by=ada)


@pytest.mark.parametrize("limits", [{}, {"youngest_months": 12}])
def test_release_animals__of_one_that_is_not_to_breed_is_read_first(
    site: ReleaseSite, family: list[Animal], ada: User, limits: dict[str, int]
) -> None:
    needs(**limits)
    told = {"date": DateInterval.parse("2023-05-03"), "quantity": None, "unit": ""}
    factories.ObservationFactory(animal=family[0], kind="contraception", what="neutered", **told)
    told["until"] = DateInterval.parse("2024-05-02")
    factories.ObservationFactory(animal=family[1], kind="reproduction", what="not for breeding", **told)
    [sentence] = warned(site, ada, "7", "15")
    assert sentence == (
        "7 is not what Lazovsky needs. It is neutered since 2023-05-03. Leave it out, or say why it goes all the same."
    )
    # That it is not for breeding ended on the day before.
    release_animals(site, animals=["8"], on=DAY, by=ada)
    release_animals(site, animals=["7"], on=DAY, by=ada, **WHY)


def test_release_animals__of_one_on_loan_is_read_first(
    site: ReleaseSite, family: list[Animal], zoo: Institution, ada: User
) -> None:
    owner = factories.InstitutionFactory(name="Owner Zoo", mnemonic="OWNER")
    family[3].ownerships.all().delete()
    factories.OwnershipFactory(animal=family[3], institution=owner, start=date(2010, 1, 1))
    [sentence] = warned(site, ada, "15")
    assert (
        sentence
        == f"15 is on loan: {zoo} holds it, and it belongs to {owner}. Ask the owner first, and say that it agreed."
    )


def test_release_animals__of_one_seen_in_a_zoo_later_is_read_first(
    site: ReleaseSite, family: list[Animal], zoo: Institution, ada: User
) -> None:
    for day in ("2024-05-02", "2024-05-04", "2024-06-01"):
        factories.ObservationFactory(
            animal=family[0], kind="weight", date=DateInterval.parse(day), institution=zoo
        )
    assert warned(site, ada, "7") == [
        f"7 was still at {zoo} on 2024-05-04: its weight of that day is in the book. Correct one of the days, or say why."
    ]


def test_release__is_written_once_the_needs_were_read(
    ada: User, client: Client, site: ReleaseSite, family: list[Animal]
) -> None:
    needs(males_wanted=1, youngest_months=12, oldest_months=18)
    client.force_login(ada)
    told = {"animals": "7 15", "on": "2024-05-03"}
    page = client.post(f"{PAGES}sites/{site.pk}/release/", told)
    assert page.status_code == 400
    assert "Read this first" in page.text
    assert "older than 18" in page.text
    assert "Leave out 1" in page.text
    assert (
        client.post(
            f"{PAGES}sites/{site.pk}/release/", {**told, "acknowledged": "D14", "reason": "So agreed."}
        ).status_code
        == 302
    )


def test_site_and_candidates__tell_what_is_still_wanted(
    ada: User, client: Client, site: ReleaseSite, family: list[Animal]
) -> None:
    needs(males_wanted=1, females_wanted=2)
    release_animals(site, animals=["7"], on=DAY, by=ada)
    client.force_login(ada)
    assert "<dt>Still wanted</dt><dd>0 males, 2 females</dd>" in client.get(f"{PAGES}sites/{site.pk}/").text
    page = client.get(f"{PAGES}sites/{site.pk}/candidates/")
    question = page.context["form"].question
    assert (question.males, question.females) == (0, 2)
    assert (
        "Still wanted: 0 males, 2 females; 1 of 1 male and 0 of 2 females were released there." in page.text
    )
    needs(females_wanted=0)
    page = client.get(f"{PAGES}sites/{site.pk}/candidates/")
    assert "All that the site wants were released there: 1 male, 0 females." in page.text
    assert page.context["answer"] is None
    assert "cannot be read" not in page.text
