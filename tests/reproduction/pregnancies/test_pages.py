"""The pages of pregnancies: begun, read, ended, with a litter, listed, reminded of, and as parts of other pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.reproduction.models import Examination, Pregnancy, PregnancyYoung
from tests import factories
from tests.reproduction.assisted import inseminated, procedure, sample_of, used
from tests.reproduction.conftest import Couple
from tests.reproduction.pregnancies.told import at, days_ago, pregnant

SignedIn = Callable[[User], Client]
SITE = ("--site", "https://studbook.example")


def litter(**told: Any) -> dict[str, Any]:
    young = {"young-0-sex": "F", "young-1-sex": "M"}
    return {"count": 2, "on": "2025-04-16", "sire": "1", "opened_version": 1, **young, **told}


@pytest.mark.rule("B9", door="form", case="inside outside")
def test_pages__a_sample_of_a_dead_male_gives_a_litter(couple: Couple, bo: User, signed_in: SignedIn) -> None:
    insemination = inseminated(couple.dam, couple.late, "2025-01-10", couple.zoo)
    client, new = signed_in(bo), f"{at('pregnancy_new', '3')}?insemination={insemination.pk}"
    shown = client.get(new).context["form"]
    told = {name: shown[name].value() for name in ("sire", "mating", "insemination")}
    assert told == {"sire": "1", "mating": None, "insemination": insemination.pk}
    sent = {"on": "2025-01-10", "sire": "1", "method": "banked", "insemination": insemination.pk}
    assert client.post(new, sent).status_code == 302
    pregnancy = Pregnancy.objects.get()
    page = client.get(at("pregnancy_litter", pregnancy.pk)).context["form"]
    assert (page["sire"].value(), str(page["on"].value())) == ("1", "between 2025-04-10 and 2025-04-25")
    refused = client.post(at("pregnancy_litter", pregnancy.pk), litter())
    assert refused.status_code == 400
    assert "record the insemination with a sample of his, from its pregnancy" in refused.text
    used(sample_of(couple.late, "2018-01-01", couple.zoo), insemination)
    assert client.post(at("pregnancy_litter", pregnancy.pk), litter()).status_code == 302
    young = Animal.objects.filter(dam=couple.dam)
    assert {(each.sire, str(each.birth)) for each in young} == {(couple.late, "2025-04-16")}
    shown_page = client.get(at("pregnancy", pregnancy.pk)).text
    assert "insemination, a banked sample" in shown_page
    assert "litter of 2" in shown_page


@pytest.mark.rule("B9", door="form", case="outside")
def test_birth_page__of_a_sire_long_dead_is_refused(couple: Couple, bo: User, signed_in: SignedIn) -> None:
    sent = {"count": 1, "on": "2025-04-16", "sire": "1"}
    refused = signed_in(bo).post(at("log_event", "3", "birth"), sent)
    assert refused.status_code == 400
    assert "more than 105 days of gestation" in refused.text


@pytest.mark.parametrize("query", ["mating=abc", "insemination=99999999999999999999", "mating=7", "sire=2"])
def test_new__begins_without_a_record_where_none_is_named_rightly(
    query: str, couple: Couple, bo: User, signed_in: SignedIn
) -> None:
    page = signed_in(bo).get(f"{at('pregnancy_new', '3')}?{query}")
    assert page.status_code == 200
    assert "suspected" in page.text


@pytest.mark.parametrize("sent", [{"mating": "99999999999999999999"}, {"insemination": "\x00"}, {"on": "x"}])
def test_new__refuses_what_cannot_be_read(
    sent: dict[str, str], couple: Couple, bo: User, signed_in: SignedIn
) -> None:
    told = {"on": "2025-01-10", "method": "natural", "sire": ""} | sent
    assert signed_in(bo).post(at("pregnancy_new", "3"), told).status_code == 400


@pytest.mark.parametrize(
    ("days", "words"),
    [(50, "in 40 days"), (95, "any day now"), (110, "outcome overdue, 5 days over"), (89, "in 1 day")],
)
def test_page__counts_the_days(
    days: int, words: str, couple: Couple, olga: User, signed_in: SignedIn
) -> None:
    page = signed_in(olga).get(at("pregnancy", pregnant(couple, days).pk)).text
    assert words in page
    assert "gestation 90 to 105 days, mean 96" in page
    assert "Log the litter" not in page


def test_page__of_a_species_without_a_gestation_says_so(
    couple: Couple, olga: User, signed_in: SignedIn
) -> None:
    couple.programme.gestation_days_min = couple.programme.gestation_days_max = None
    couple.programme.save()
    assert "tell no gestation" in signed_in(olga).get(at("pregnancy", pregnant(couple).pk)).text


def test_page__shows_what_examinations_saw(couple: Couple, olga: User, signed_in: SignedIn) -> None:
    pregnancy = pregnant(couple, 50)
    for days, finding in ((60, "no"), (20, "yes"), (10, "unsure")):
        scan = procedure(couple.dam, "examination", str(days_ago(days)), couple.zoo)
        Examination.objects.create(
            procedure=scan, method="ultrasound", pregnancy=finding, young=2 if finding == "yes" else None
        )
    page = signed_in(olga).get(at("pregnancy", pregnancy.pk)).text
    assert "<strong>pregnant</strong>, 2 young counted" in page
    assert "not sure" in page
    assert "<strong>not pregnant</strong>" not in page


def test_outcome__is_told_on_the_page(couple: Couple, bo: User, signed_in: SignedIn) -> None:
    pregnancy = pregnant(couple, 110)
    sent = {"outcome": "not pregnant", "on": str(days_ago(1)), "opened_version": 1}
    client = signed_in(bo)
    assert client.post(at("pregnancy_outcome", pregnancy.pk), sent | {"on": ""}).status_code == 400
    assert client.post(at("pregnancy_outcome", pregnancy.pk), sent).status_code == 302
    again = client.post(at("pregnancy_outcome", pregnancy.pk), sent | {"opened_version": 2})
    assert again.status_code == 400
    assert "Take that outcome back" in again.text


def test_tie__offers_the_young_of_the_window_that_are_of_none(
    couple: Couple, ada: User, signed_in: SignedIn
) -> None:
    pregnancy = pregnant(couple, 200)
    born = {
        days: factories.animal_at(
            couple.zoo,
            programme=couple.programme,
            studbook_number=str(50 + days),
            dam=couple.dam,
            sire=couple.sire,
            birth=days_ago(days),
        )
        for days in (100, 300)
    }
    client = signed_in(ada)
    offered = client.get(at("pregnancy", pregnancy.pk)).context["forms"]["tie"].fields["young"].queryset
    assert list(offered) == [born[100]]
    sent = {"young": [born[100].pk], "opened_version": 1}
    assert client.post(at("pregnancy_tie", pregnancy.pk), sent | {"young": [born[300].pk]}).status_code == 400
    assert client.post(at("pregnancy_tie", pregnancy.pk), sent).status_code == 302
    pregnancy.refresh_from_db()
    assert pregnancy.litter_size == 1


def test_aside__corrects_takes_back_and_strikes_out(couple: Couple, rita: User, signed_in: SignedIn) -> None:
    pregnancy = pregnant(couple, outcome="lost", ended=days_ago(1))
    client, why = signed_in(rita), {"reason": "The card says so."}
    for name, sent in (
        ("correct", {"on": str(days_ago(51)), "sire": "2", "method": "natural", "opened_version": 1}),
        ("reopen", {"opened_version": 2}),
        ("strike", {"opened_version": 3}),
    ):
        url = at(f"pregnancy_{name}", pregnancy.pk)
        assert client.get(url).status_code == 200
        assert client.post(url, sent).status_code == 400
        assert client.post(url, sent | why).status_code == 302
    assert "Struck out on" in client.get(at("pregnancy", pregnancy.pk)).text


@pytest.mark.rule("D15", door="form", case="inside outside")
def test_strike__of_one_with_a_litter_names_the_young_first_and_leads_to_them_after(
    couple: Couple, rita: User, signed_in: SignedIn
) -> None:
    pregnancy = pregnant(couple, conceived=DateInterval.parse("2025-01-10"))
    client = signed_in(rita)
    assert client.post(at("pregnancy_litter", pregnancy.pk), litter(sire="2")).status_code == 302
    young = list(Animal.objects.filter(dam=couple.dam))
    links = [f'href="{each.get_absolute_url()}"' for each in young]
    url, sent = at("pregnancy_strike", pregnancy.pk), {"reason": "Another dam.", "opened_version": 2}
    assert all(link in client.get(url).text for link in links)
    warned = client.post(url, sent)
    assert "Read this first" in warned.text
    for words in (*map(str, young), "stay in the book and are of no pregnancy any more", "(D15)"):
        assert words in warned.text
    assert warned.text.count('name="reason"') == 1
    assert PregnancyYoung.objects.count() == 2
    assert client.post(url, sent | {"acknowledged": "D15"}).status_code == 302
    page = client.get(at("pregnancy", pregnancy.pk)).text
    assert "Young, until it was struck out" in page
    assert all(link in page for link in links)
    assert (PregnancyYoung.objects.count(), Animal.objects.filter(dam=couple.dam).count()) == (0, 2)
    other = pregnant(couple)
    assert client.post(at("pregnancy_strike", other.pk), sent | {"opened_version": 1}).status_code == 302


def test_correct__shows_what_somebody_else_changed(couple: Couple, rita: User, signed_in: SignedIn) -> None:
    pregnancy = pregnant(couple)
    Pregnancy.objects.update(version=3)
    sent = {"on": "2025-01-12", "sire": "2", "method": "natural", "opened_version": 1, "reason": "So."}
    stale = signed_in(rita).post(at("pregnancy_correct", pregnancy.pk), sent)
    assert stale.status_code == 409
    assert "since you opened it" in stale.text
    assert 'name="take_mine" value="3"' in stale.text


def test_pages__of_another_zoos_dam_are_not_there(couple: Couple, signed_in: SignedIn) -> None:
    pregnancy = pregnant(couple)
    elsewhere = factories.InstitutionFactory()
    factories.ParticipationFactory(programme=couple.programme, institution=elsewhere)
    keeper = factories.InstitutionRoleFactory(institution=elsewhere, role="registrar").user
    client = signed_in(keeper)
    assert client.get(at("pregnancy", pregnancy.pk)).status_code == 200
    for name in ("litter", "correct", "strike", "reopen"):
        assert client.get(at(f"pregnancy_{name}", pregnancy.pk)).status_code == 404
    assert client.get(at("pregnancy_new", "3")).status_code == 404
