"""Saved views: kept, changed and removed by their person; shared by the coordinator; nobody else's are reached."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from studbook.programmes.models import ListPage, Programme, SavedView
from studbook.programmes.saved_views import MOST_VIEWS, kept_query
from tests.factories import ProgrammeFactory, SavedViewFactory

NEW = {"page": "animals", "name": "Old males", "query": "sex=M&columns=birth,age_years&page=3&view=9&q="}


def post(client: Client, deed: str, **body: Any) -> Any:
    return client.post(reverse(f"saved_view_{deed}", args=["leopards"]), body)


def shown(client: Client, **asked: str) -> str:
    response = client.get(reverse("animals", args=["leopards"]), asked, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("person", ["olga", "bo", "rita", "remy", "ada"])
def test_save__keeps_filters_order_and_columns_for_everybody_who_reads(
    programme: Programme, signed_in: Any, request: pytest.FixtureRequest, person: str
) -> None:
    user = request.getfixturevalue(person)
    answer = post(signed_in(user), "save", **NEW)
    view = SavedView.objects.get()
    assert (view.user, view.query) == (user, "sex=M&columns=birth%2Cage_years")
    assert answer.headers["Location"] == f"/programmes/leopards/animals/?{view.query}&view={view.pk}"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "  "}, "A view needs a name."),
        ({"name": "x" * 61}, "at most 60 characters"),
        ({"page": "secrets"}, "Select a valid choice"),
        ({"query": "q=" + "x" * 3000}, "longer than can be kept"),
        ({"name": "Taken"}, "You keep a view “Taken” of this list already."),
        ({"shared": "on"}, "Only the coordinator shares a view"),
    ],
)
def test_save__says_what_is_wrong_and_keeps_nothing(
    programme: Programme, olga: Any, signed_in: Any, changes: dict[str, str], sentence: str
) -> None:
    SavedViewFactory(programme=programme, user=olga, name="Taken")
    answer = post(signed_in(olga), "save", **(NEW | changes))
    assert (answer.status_code, sentence in answer.content.decode()) == (400, True)
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("page", ListPage.values)
def test_list__offers_to_keep_itself_and_opens_with_what_was_kept(
    programme: Programme, olga: Any, signed_in: Any, page: str
) -> None:
    client, url = signed_in(olga), reverse(page, args=["leopards"])
    form = client.get(url).context["listing"].save_form
    answer = post(client, "save", **form.initial, name="Mine", opens_first="on")
    view = SavedView.objects.get()
    assert (answer.headers["Location"], view.page) == (view.get_absolute_url(), page)
    first = client.get(url, follow=True)
    assert (first.redirect_chain[0][0], first.status_code) == (view.get_absolute_url(), 200)
    assert 'aria-current="page">Mine <' in first.content.decode()


def test_save__has_one_effect_for_one_key(programme: Programme, olga: Any, signed_in: Any) -> None:
    client = signed_in(olga)
    first = post(client, "save", **NEW, once_key="a-key")
    again = post(client, "save", **NEW, once_key="a-key")
    assert first.headers["Location"] == again.headers["Location"]
    assert SavedView.objects.count() == 1


def test_save__stops_at_many(programme: Programme, olga: Any, signed_in: Any) -> None:
    for _ in range(MOST_VIEWS):
        SavedViewFactory(programme=programme, user=olga)
    assert post(signed_in(olga), "save", **NEW).status_code == 400


def test_view__is_shown_to_its_person_only_until_the_coordinator_shares_it(
    programme: Programme, ada: Any, olga: Any, bo: Any
) -> None:
    hers, his = Client(), Client()
    hers.force_login(ada)
    his.force_login(bo)
    post(hers, "save", **NEW)
    assert ("Old males" in shown(hers), "Old males" in shown(his)) == (True, False)
    view = SavedView.objects.get()
    post(hers, "change", view=view.pk, opened_version=1, name="Elders", shared="on")
    assert ">Elders <" in shown(his, view=str(view.pk))


def test_view__of_another_programme_is_not_shown(programme: Programme, ada: Any, signed_in: Any) -> None:
    SavedViewFactory(programme=ProgrammeFactory(), user=ada, name="Elsewhere")
    assert "Elsewhere" not in shown(signed_in(ada))


@pytest.mark.parametrize("deed", ["change", "remove"])
@pytest.mark.parametrize("whose", ["other", "other shared", "other programme", "nobody"])
def test_view__of_another_person_is_answered_as_one_that_is_not_there(
    programme: Programme, ada: Any, olga: Any, signed_in: Any, deed: str, whose: str
) -> None:
    other = SavedViewFactory(programme=programme, user=ada, shared=whose == "other shared")
    if whose == "other programme":
        other = SavedViewFactory(user=olga)
    pk = 999_999 if whose == "nobody" else other.pk
    before = list(SavedView.objects.values())
    answer = post(signed_in(olga), deed, view=pk, opened_version=1, name="Mine")
    absent = post(signed_in(olga), deed, view=888_888, opened_version=1, name="Mine")
    assert answer.status_code == absent.status_code == 404
    assert "There is no such view of yours." in answer.content.decode()
    assert list(SavedView.objects.values()) == before


def test_change__renames_and_takes_over_what_is_shown_only_when_asked(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    view = SavedViewFactory(programme=programme, user=olga, query="sex=M")
    client = signed_in(olga)
    post(client, "change", view=view.pk, opened_version=1, name="New name", query="sex=F")
    view.refresh_from_db()
    assert (view.name, view.query, view.version) == ("New name", "sex=M", 2)
    post(client, "change", view=view.pk, opened_version=2, name="New name", query="sex=F", as_shown="on")
    view.refresh_from_db()
    assert view.query == "sex=F"


def test_change__refuses_an_old_form(programme: Programme, olga: Any, signed_in: Any) -> None:
    view = SavedViewFactory(programme=programme, user=olga, version=4)
    assert post(signed_in(olga), "change", view=view.pk, opened_version=3, name="X").status_code == 409


def test_remove__takes_one_s_own_and_for_the_coordinator_a_shared_one(
    programme: Programme, ada: Any, olga: Any, signed_in: Any
) -> None:
    own = SavedViewFactory(programme=programme, user=olga)
    left = SavedViewFactory(programme=programme, user=olga, shared=True)
    assert post(signed_in(olga), "remove", view=own.pk).status_code == 302
    assert post(signed_in(ada), "remove", view=left.pk).status_code == 302
    assert not SavedView.objects.exists()


def test_list__opens_with_the_view_that_comes_first_and_plainly_when_asked(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    client, url = signed_in(olga), reverse("animals", args=["leopards"])
    post(client, "save", **NEW, opens_first="on")
    view = SavedView.objects.get()
    assert client.get(url).headers["Location"] == view.get_absolute_url()
    assert client.get(url, {"view": "plain"}).status_code == 200
    post(client, "save", **(NEW | {"name": "Other"}), opens_first="on")
    assert list(SavedView.objects.filter(opens_first=True).values_list("name", flat=True)) == ["Other"]


def test_list__leaves_a_column_out_that_it_does_not_have_and_says_so(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    page = shown(signed_in(olga), columns="sex,wings,<b>", view="٣")
    assert "This list has no column wings, &lt;b&gt;, so it is left out." in page


def test_kept_query__keeps_what_narrows_sorts_and_chooses() -> None:
    assert kept_query("?q=Zeya%20&order=-age&page=2&columns=a&columns=b&once_key=x&sex=") == (
        "q=Zeya+&order=-age&columns=a&columns=b"
    )
