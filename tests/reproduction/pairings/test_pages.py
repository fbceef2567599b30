"""The pages of pairs and matings, and what other pages show of them."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.models import Mating, Pairing
from studbook.reproduction.pairings.actions import separate
from tests import factories
from tests.reproduction.conftest import day

pytestmark = pytest.mark.django_db
NEW = {"sire": "21", "dam": "22", "on": "2025-02-01"}


def at(name: str, *args: object) -> str:
    return reverse(name, args=["leopards", *args])


def test_introduce__offers_the_animals_of_the_zoo_and_leads_to_the_pair(
    sire: Animal, dam: Animal, away: Institution, bo: User, signed_in: Any
) -> None:
    factories.animal_at(away, programme=sire.programme, studbook_number="33", sex="M")
    browser = signed_in(bo)
    page = browser.get(at("pairing_new"), {"dam": "22"}).text
    assert 'value="21"' in page
    assert 'value="33"' not in page
    assert '<option value="22" selected>' in page
    answer = browser.post(at("pairing_new"), NEW)
    assert answer["Location"] == Pairing.objects.get().get_absolute_url()
    assert "are a pair in the book now" in browser.get(answer["Location"]).text


def test_introduce__sent_again_is_one_pair(sire: Animal, dam: Animal, bo: User, signed_in: Any) -> None:
    for _ in range(3):
        assert signed_in(bo).post(at("pairing_new"), NEW | {"once_key": "k"}).status_code == 302
    assert Pairing.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"sire": ""}, "Name the male"),
        ({"sire": "999"}, "No animal 999 is in the book"),
        ({"sire": "\x00"}, "Null characters"),
        ({"on": "soon"}, "soon"),
        ({"end": "bored"}, "Select a valid choice"),
        ({"sire": "22"}, "needs a male"),
    ],
)
def test_introduce__of_nonsense_is_told_at_its_field(
    sire: Animal, dam: Animal, bo: User, signed_in: Any, sent: dict[str, str], words: str
) -> None:
    answer = signed_in(bo).post(at("pairing_new"), NEW | sent)
    assert (answer.status_code, words in answer.text) == (400, True)


def test_introduce__of_foreign_animals_is_answered_like_none(
    sire: Animal, rex: User, signed_in: Any, dam: Animal
) -> None:
    assert signed_in(rex).post(at("pairing_new"), NEW).status_code == 404
    factories.AnimalFactory(studbook_number="77", sex="M")
    assert "No animal 77" in signed_in(rex).post(at("pairing_new"), NEW | {"sire": "77"}).text


def test_warning__is_read_then_saved_with_a_reason(
    sire: Animal, dam: Animal, bo: User, signed_in: Any
) -> None:
    factories.ObservationFactory(
        animal=dam, kind="contraception", what="implant", quantity=None, unit="", date=day("2025-01-10")
    )
    browser = signed_in(bo)
    page = browser.post(at("pairing_new"), NEW)
    assert page.status_code == 400
    assert "Not saved yet" in page.text
    assert 'name="acknowledged" value="D10"' in page.text
    sent = NEW | {"acknowledged": "D10", "reason": "The implant was taken out."}
    assert browser.post(at("pairing_new"), sent).status_code == 302


def test_pair__takes_its_steps_on_its_page(pair: Pairing, bo: User, signed_in: Any) -> None:
    browser, url = signed_in(bo), pair.get_absolute_url()
    page = browser.get(url).text
    for words in ("Mating seen today", "They are together", "They are separated", "Log a mating"):
        assert words in page
    tap = {"on": timezone.localdate().isoformat(), "seen": "seen", "once_key": "tap"}
    for _ in range(2):
        assert browser.post(f"{url}matings/", tap)["Location"] == url
    assert (Mating.objects.get().pairing, Mating.objects.get().date.earliest) == (pair, timezone.localdate())
    assert browser.post(f"{url}together/", {"on": "2025-02-03", "opened_version": 1}).status_code == 302
    late = browser.post(f"{url}separate/", {"on": "2025-02-10", "opened_version": 1})
    assert (late.status_code, "since you opened it" in late.text) == (409, True)
    lost = browser.post(f"{url}separate/", {"on": "2025-02-10"})
    assert "came without its version" in lost.text
    sent = {"on": timezone.localdate().isoformat(), "end": "season", "opened_version": 2}
    assert browser.post(f"{url}separate/", sent).status_code == 302
    page = browser.get(url).text
    assert "the season was over" in page
    assert "Mating seen today" not in page
    gone = browser.post(f"{url}together/", {"on": "2025-02-03", "opened_version": 3})
    assert (gone.status_code, "are together since" in gone.text) == (400, True)


def test_pair__is_read_by_all_and_changed_by_its_zoo(
    pair: Pairing, olga: User, rex: User, bo: User, rita: User, signed_in: Any
) -> None:
    url = pair.get_absolute_url()
    for person in (olga, rex):
        page = signed_in(person).get(url)
        assert page.status_code == 200
        assert "<form" not in page.text.split('<main id="content">')[1].split("</main>")[0]
    assert [signed_in(each).get(f"{url}correct/").status_code for each in (olga, rex, bo, rita)] == [
        403,
        404,
        403,
        200,
    ]


def test_pair__is_corrected_and_struck_out_on_pages(pair: Pairing, rita: User, signed_in: Any) -> None:
    browser, url = signed_in(rita), pair.get_absolute_url()
    assert 'value="2025-02-01"' in browser.get(f"{url}correct/").text
    sent = {"introduced": "2025-01-20", "reason": "The diary.", "opened_version": 1}
    assert browser.post(f"{url}correct/", sent).status_code == 302
    assert browser.post(f"{url}strike/", {"reason": "", "opened_version": 2}).status_code == 400
    assert browser.post(f"{url}strike/", {"reason": "Other cats.", "opened_version": 2}).status_code == 302
    page = browser.get(url).text
    assert "Other cats." in page
    assert "It stays in the book and counts no more" in page
    assert "correct pair" in page


def test_mating__of_a_pair_or_of_none_is_logged_corrected_and_struck_out(
    pair: Pairing, bo: User, rita: User, signed_in: Any
) -> None:
    browser = signed_in(bo)
    sent = {"sire": "21", "dam": "22", "on": "2025-02-05", "seen": "filmed", "times": "12"}
    assert browser.post(at("mating_new"), sent)["Location"] == pair.get_absolute_url()
    early = browser.post(at("mating_new"), sent | {"on": "2025-01-05"})
    mating = Mating.objects.get(pairing=None)
    assert early["Location"] == mating.get_absolute_url()
    assert "of no pair on record" in browser.get(mating.get_absolute_url()).text
    for times in ("0", "201", "9" * 30, "many"):
        assert browser.post(at("mating_new"), sent | {"times": times}).status_code == 400
    browser, url = signed_in(rita), mating.get_absolute_url()
    changed = {"on": "2025-01-06", "seen": "seen", "reason": "The diary.", "opened_version": 1}
    assert browser.post(f"{url}correct/", changed).status_code == 302
    assert browser.post(f"{url}strike/", {"reason": "Others.", "opened_version": 2}).status_code == 302
    mating.refresh_from_db()
    assert (str(mating.date), mating.is_struck) == ("2025-01-06", True)


def test_mating__before_its_pair_is_refused(pair: Pairing, bo: User, signed_in: Any) -> None:
    answer = signed_in(bo).post(f"{pair.get_absolute_url()}matings/", {"on": "2025-01-05", "seen": "seen"})
    assert (answer.status_code, "were introduced 2025-02-01, after this mating" in answer.text) == (400, True)


def test_mating__with_a_pregnancy_is_not_struck_out(pair: Pairing, rita: User, signed_in: Any) -> None:
    mating = factories.MatingFactory(
        programme=pair.programme, sire=pair.sire, dam=pair.dam, institution=pair.institution
    )
    pregnancy = pair.programme.pregnancies.model(
        programme=pair.programme, dam=pair.dam, sire=pair.sire, institution=pair.institution, mating=mating
    )
    pregnancy.conceived = day("2025-03-01")
    pregnancy.save()
    url = mating.get_absolute_url()
    answer = signed_in(rita).post(f"{url}strike/", {"reason": "Others.", "opened_version": 1})
    assert (answer.status_code, "pregnancy of 22 Khala" in answer.text) == (400, True)


def test_strike__of_a_pair_shows_the_matings_that_rest_on_it(
    pair: Pairing, rita: User, signed_in: Any
) -> None:
    told = {"programme": pair.programme, "sire": pair.sire, "dam": pair.dam, "institution": pair.institution}
    matings = [factories.MatingFactory(pairing=pair, seen=seen, **told) for seen in ("seen", "filmed")]
    browser, url = signed_in(rita), f"{pair.get_absolute_url()}strike/"
    page = browser.get(url).text
    assert "These records rest on it" in page
    assert all(f'href="{each.get_absolute_url()}"' in page for each in matings)
    answer = browser.post(url, {"reason": "Others.", "opened_version": 1})
    assert answer.status_code == 400
    for words in ("2025-03-01, seen, logged 20", "2025-03-01, filmed, logged 20"):
        assert words in answer.text.split('role="alert"')[1]


def test_list__is_narrowed_and_exported(
    pair: Pairing, programme: Programme, zoo: Institution, away: Institution, olga: User, signed_in: Any
) -> None:
    other = factories.PairingFactory(programme=programme, institution=away, separated=day("2025-05-01"))
    factories.MatingFactory.create_batch(
        2, programme=programme, sire=pair.sire, dam=pair.dam, institution=zoo, pairing=pair
    )
    browser = signed_in(olga)

    def found(**asked: object) -> set[int]:
        page = browser.get(at("pairings"), asked).text
        return {each.pk for each in (pair, other) if f'href="{each.get_absolute_url()}"' in page}

    assert found() == {pair.pk, other.pk}
    assert found(state="open") == {pair.pk}
    assert found(state="over") == {other.pk}
    assert found(state="struck") == set()
    assert found(institution=zoo.pk) == {pair.pk}
    assert found(animal="22") == {pair.pk}
    assert found(institution=999999) == set()
    rows = list(csv.DictReader(StringIO(b"".join(browser.get(at("pairings_csv"))).decode())))
    assert {row["matings"] for row in rows} == {"2", "0"}
    sheet = load_workbook(BytesIO(browser.get(at("pairings_xlsx"), {"state": "open"}).content)).active
    assert [row[0] for row in sheet.values] == ["pair", "21 Baruto and 22 Khala"]
    assert browser.get(at("pairings_csv"), {"institution": "x"}).status_code == 400


def test_room__shows_open_pairs_and_is_in_the_menu(pair: Pairing, olga: User, signed_in: Any) -> None:
    page = signed_in(olga).get(at("reproduction")).text
    assert f'href="{pair.get_absolute_url()}"' in page
    assert f'href="{at("reproduction")}" aria-current="page"' in page


def test_other_pages__lead_to_the_pair(pair: Pairing, zoo: Institution, bo: User, signed_in: Any) -> None:
    browser, link = signed_in(bo), f'href="{pair.get_absolute_url()}"'
    page = browser.get(at("animal", "22")).text
    assert link in page
    assert f'href="{at("pairing_new")}?dam=22"' in page
    assert f'href="{at("mating_new")}?dam=22"' in page
    assert link in browser.get(at("institution", zoo.pk)).text
    assert "1 open pair" in browser.get(at("dashboard")).text
    separate(pair, on=day("2025-05-01"), by=None, opened_version=1)
    assert link not in browser.get(at("institution", zoo.pk)).text


def test_lists__ask_as_many_queries_for_many_as_for_few(
    pair: Pairing, programme: Programme, zoo: Institution, olga: User, signed_in: Any
) -> None:
    browser = signed_in(olga)

    def asked() -> list[int]:
        counts = []
        for url in (at("pairings"), at("reproduction"), pair.get_absolute_url(), at("animal", "22")):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert browser.get(url).status_code == 200
            counts.append(len(queries))
        return counts

    asked()
    few = asked()
    factories.PairingFactory.create_batch(5, programme=programme, institution=zoo)
    factories.PairingFactory.create_batch(
        3, programme=programme, institution=zoo, dam=pair.dam, separated=day("2025-05-01")
    )
    factories.MatingFactory.create_batch(
        5, programme=programme, sire=pair.sire, dam=pair.dam, institution=zoo, pairing=pair
    )
    assert asked() == few
