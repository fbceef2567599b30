"""The pages of transfers: who sees what, what nonsense is answered, how many queries a page asks."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal, Holding
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.transfers.machine import COURSE, State
from studbook.transfers.models import Transfer
from tests import factories
from tests.transfers.conftest import Brought, today, yesterday

pytestmark = pytest.mark.django_db
LIST = "/programmes/leopards/transfers/"


def post(browser: Any, made: Transfer, step: str, **fields: Any) -> Any:
    version = Transfer.objects.get(pk=made.pk).version
    return browser.post(f"{made.get_absolute_url()}{step}/", {"opened_version": version, **fields})


@pytest.mark.parametrize("state", State)
def test_page__shows_each_state_to_everybody_of_the_programme(
    brought: Brought, state: State, ada: User, olga: User, rita: User, cy: User, signed_in: Any
) -> None:
    url = brought(state).get_absolute_url()
    for person in (ada, olga, rita):
        page = signed_in(person).get(url)
        assert page.status_code == 200
        assert state.label in page.text
        assert "None" not in page.text.replace("None is kept yet", "")
    assert 'method="post" action="/programmes/leopards/transfers' not in signed_in(olga).get(url).text
    assert signed_in(cy).get(url).status_code == 404


def test_transfer__goes_from_proposal_to_arrival_on_the_pages(
    cub: Animal, away: Institution, rita: User, rex: User, client: Any
) -> None:
    def done(person: User, step: str, **fields: Any) -> None:
        client.force_login(person)
        answer = post(client, made, step, **fields)
        assert answer.status_code == 302, answer.text

    client.force_login(rita)
    sent = client.post(f"{LIST}new/", {"animals": "7", "to": away.pk, "terms": "loan", "note": "To breed."})
    made = Transfer.objects.get()
    assert sent.headers["Location"] == made.get_absolute_url()
    done(rex, "agree")
    done(rita, "terms", terms="loan", young="alternate")
    done(rex, "terms", terms="loan", young="alternate")
    done(rita, "permits")
    done(rita, "schedule", planned_on=today(), crate="large")
    done(rita, "send", on=today())
    done(rex, "comment", note="We look forward.")
    done(rex, "arrive", on=str(today()), local_id_7="B7", condition="calm")
    made.refresh_from_db()
    assert made.state == State.CLOSED
    assert Holding.objects.get(animal=cub, end=None).local_id == "B7"
    page = client.get(made.get_absolute_url()).text
    assert "We look forward." in page
    assert f"The animals arrived {today()}" in page


def test_step__of_the_other_side_is_refused_and_changes_nothing(
    brought: Brought, rita: User, tara: User, olga: User, signed_in: Any
) -> None:
    made = brought(State.SENT)
    answer = post(signed_in(rita), made, "arrive", on=str(today()))
    assert answer.status_code == 400
    assert "is the step of Zoo B" in answer.text
    assert post(signed_in(tara), made, "arrive", on=str(today())).status_code == 404
    assert post(signed_in(olga), made, "arrive", on=str(today())).status_code == 403
    assert Transfer.objects.get().state == State.SENT


def test_step__that_is_none_or_of_another_programme_is_not_there(
    brought: Brought, ada: User, signed_in: Any
) -> None:
    made, foreign = brought(), factories.TransferFactory()
    browser = signed_in(ada)
    assert post(browser, made, "explode").status_code == 404
    assert browser.get(f"{LIST}{foreign.pk}/").status_code == 404
    assert browser.post(f"{LIST}{foreign.pk}/agree/", {"opened_version": 1}).status_code == 404


def test_step__on_an_old_version_shows_the_forms_anew(
    brought: Brought, ada: User, rita: User, rex: User, signed_in: Any
) -> None:
    made = brought(State.AGREED)
    opened = made.version
    assert post(signed_in(rita), made, "terms", terms="loan").status_code == 302
    stale = signed_in(rex).post(
        f"{made.get_absolute_url()}terms/", {"opened_version": opened, "terms": "donation"}
    )
    assert stale.status_code == 409
    assert "was changed by rita" in stale.text
    assert f'name="opened_version" value="{opened + 1}"' in stale.text


def test_step__sent_five_times_with_its_key_is_taken_once(
    brought: Brought, rita: User, signed_in: Any
) -> None:
    made, browser = brought(State.SCHEDULED), signed_in(rita)
    fields = {"opened_version": made.version, "on": str(today()), "once_key": "phone-1"}
    answers = [browser.post(f"{made.get_absolute_url()}send/", fields).status_code for _ in range(5)]
    assert answers == [302] * 5
    assert Transfer.objects.get().steps.filter(step="send").count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"animals": "\x00"},
        {"animals": "7", "to": "x"},
        {"animals": "7", "to": "99999999999999999999"},
        {"animals": "7", "counterpart": "x"},
        {"animals": "7", "replaces": "1e3"},
        {"animals": "7 " * 300},
    ],
)
def test_proposal__is_refused_kindly(cub: Animal, ada: User, signed_in: Any, fields: dict[str, str]) -> None:
    answer = signed_in(ada).post(f"{LIST}new/", fields)
    assert answer.status_code == 400
    assert not Transfer.objects.exists()


def test_proposal__is_filled_in_from_the_address(
    cub: Animal, away: Institution, ada: User, bo: User, signed_in: Any
) -> None:
    page = signed_in(ada).get(f"{LIST}new/", {"animal": ["7", "8"], "to": away.pk})
    assert 'value="7 8"' in page.text
    assert f'<option value="{away.pk}" selected>' in page.text
    assert signed_in(bo).get(f"{LIST}new/").status_code == 403


def test_past_transfer__is_recorded_on_its_page(
    cub: Animal, away: Institution, rita: User, remy: User, signed_in: Any
) -> None:
    fields = {"animals": "7", "to": away.pk, "on": "May 2024", "terms": "loan"}
    assert signed_in(remy).post(f"{LIST}record/", fields).status_code == 403
    browser = signed_in(rita)
    assert browser.post(f"{LIST}record/", fields | {"on": "soon"}).status_code == 400
    assert browser.post(f"{LIST}record/", fields).status_code == 302
    assert Transfer.objects.get().state == State.CLOSED


def test_list__puts_first_what_waits_for_the_person(
    brought: Brought, rita: User, rex: User, signed_in: Any
) -> None:
    made = brought(State.SCHEDULED)
    Transfer.objects.update(due_on=yesterday())
    assert "Waiting for you" in signed_in(rita).get(LIST).text
    assert "Waiting for you" not in signed_in(rex).get(LIST).text
    for query, found in (
        ("state=open", 1), ("state=closed", 0), ("overdue=yes", 1), ("animal=7", 1), ("animal=8", 0),
        (f"institution={made.receiver_id}", 1), ("state=scheduled&order=-due", 1), ("state=nonsense", 0),
    ):  # fmt: skip
        page = signed_in(rex).get(f"{LIST}?{query}")
        assert (query, page.status_code, page.context["page"].paginator.count) == (query, 200, found)


def test_list__is_saved_as_files(brought: Brought, olga: User, signed_in: Any) -> None:
    brought(State.SENT)
    browser = signed_in(olga)
    text = browser.get(f"{LIST}export.csv").getvalue().decode()
    head, line = text.splitlines()
    assert head.startswith("transfer,animals,sender,receiver,terms,state,waits_for,next_step")
    assert ",7,Zoo A,Zoo B,donation,sent,Zoo B,The animals have arrived" in line
    assert browser.get(f"{LIST}export.xlsx").content.startswith(b"PK")
    assert browser.get(f"{LIST}export.csv?state=nonsense").status_code == 400


def test_panels__tell_of_a_transfer_where_one_looks(
    brought: Brought, cub: Animal, away: Institution, rita: User, olga: User, signed_in: Any
) -> None:
    browser = signed_in(rita)
    assert "Propose a transfer" in browser.get(cub.get_absolute_url()).text
    made = brought(State.SCHEDULED)
    link = made.get_absolute_url()
    for url in (
        cub.get_absolute_url(),
        reverse("institution", args=["leopards", away.pk]),
        reverse("dashboard", args=["leopards"]),
    ):
        assert link in browser.get(url).text
    assert "Moving" in signed_in(olga).get(cub.get_absolute_url()).text


def test_pages__ask_as_many_queries_for_many_as_for_few(
    programme: Programme,
    brought: Brought,
    zoo: Institution,
    away: Institution,
    ada: User,
    signed_in: Any,
) -> None:
    made, browser = brought(State.SCHEDULED), signed_in(ada)
    dashboard = reverse("dashboard", args=["leopards"])
    counts = {url: _queries(browser, url) for url in (LIST, made.get_absolute_url(), dashboard)}
    for number in range(20, 32):
        line = factories.TransferAnimalFactory(
            transfer=factories.TransferFactory(programme=programme, sender=zoo, receiver=away),
            animal=factories.animal_at(zoo, programme=programme, studbook_number=str(number)),
        )
        factories.TransferStepFactory(transfer=made, step="comment", institution=zoo, by=ada)
        factories.DocumentFactory(transfer=made, uploaded_by=ada)
        assert line.open
    for url, count in counts.items():
        assert (url, _queries(browser, url) <= count) == (url, True)


def _queries(browser: Any, url: str) -> int:
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


def test_course__is_told_in_order() -> None:
    assert [state.label for state in COURSE][:3] == ["proposed", "agreed", "terms agreed"]


@pytest.mark.parametrize("day", ["0001-01-01", "1799-12-31", "9999-12-31"])
def test_send__on_a_day_that_no_book_holds_is_refused(
    brought: Brought, rita: User, signed_in: Any, day: str
) -> None:
    made = brought(State.SCHEDULED)
    told = {"opened_version": made.version, "on": day}
    answer = signed_in(rita).post(f"{made.get_absolute_url()}send/", told)
    assert (answer.status_code, "is none of this book. Correct the year." in answer.text) == (400, True)
