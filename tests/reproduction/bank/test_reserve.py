"""What is in the national reserve: only the coordinator gives something out of it, and the pages offer it to nobody else."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.reproduction.bank import stepping
from studbook.reproduction.bank.rights import ReserveKeptError
from studbook.reproduction.bank.stepping import Place
from studbook.reproduction.models import Sample
from tests.reproduction.bank.conftest import LATER

pytestmark = pytest.mark.django_db
KEPT = "12-A is in the national reserve, from which only the coordinator gives something out."


@pytest.fixture
def kept(sample: Sample) -> Sample:
    """Return the sample, in the national reserve."""
    Sample.objects.filter(pk=sample.pk).update(account=Sample.Account.RESERVE)
    return Sample.objects.whole().get(pk=sample.pk)


def test_reserve__is_neither_counted_down_nor_scattered_by_the_zoo(
    ada: User, bo: User, rita: User, kept: Sample, zoo: Institution, away: Institution
) -> None:
    for person in (bo, rita):
        seen: dict[str, Any] = {"on": LATER, "by": person, "opened_version": 1, "reason": "Gone."}
        for deed in (
            lambda seen=seen: stepping.count_sample(kept, counted=0, **seen),
            lambda seen=seen: stepping.count_sample(kept, counted=5, **seen),
            lambda seen=seen: stepping.move_sample(kept, Place(away), **seen),
            lambda seen=seen: stepping.change_owner(kept, owner=away, **seen),
            lambda person=person: stepping.split_sample(kept, Place(away), units=1, on=LATER, by=person),
            lambda person=person: stepping.split_sample(kept, Place(zoo, "2"), units=1, on=LATER, by=person),
        ):
            with pytest.raises(ReserveKeptError, match=KEPT):
                deed()
    assert list(kept.steps.values_list("kind", flat=True)) == ["stored"]
    with pytest.raises(StudbookError, match="Tell the coordinator how many you counted"):
        stepping.count_sample(kept, counted=5, on=LATER, by=bo, opened_version=1, reason="Gone.")
    now = stepping.count_sample(kept, counted=6, on=LATER, by=bo, opened_version=1)
    now = stepping.move_sample(now, Place(zoo, "2"), on=LATER, by=bo, opened_version=now.version)
    assert (now.units, now.tank) == (6, "2")
    now = stepping.count_sample(
        now, counted=4, on=LATER, by=ada, opened_version=now.version, reason="The tank ran dry."
    )
    stepping.split_sample(now, Place(away), units=1, on=LATER, by=ada)
    now = stepping.change_owner(
        now, owner=away, on=LATER, by=ada, opened_version=Sample.objects.get(pk=now.pk).version
    )
    assert stepping.move_sample(now, Place(away), on=LATER, by=ada, opened_version=now.version).units == 3


def test_page__offers_the_zoo_what_leaves_the_reserve_whole(
    ada: User, bo: User, rita: User, kept: Sample, zoo: Institution, away: Institution, signed_in: Any
) -> None:
    url = kept.get_absolute_url()

    def forms_for(person: User) -> dict[str, Any]:
        return {each.step.key: each.form for each in signed_in(person).get(url).context["offers"]}

    for person in (bo, rita):
        forms = forms_for(person)
        assert list(forms) == ["move", "count"]
        assert list(forms["move"].fields["institution"].queryset) == [zoo]
    assert list(forms_for(ada)) == ["move", "split", "count", "account", "owner", "discard"]
    assert away in forms_for(ada)["move"].fields["institution"].queryset
    browser, usual = signed_in(bo), {"on": "2025-07-01", "opened_version": 1}
    for step, told in (
        ("move", {"institution": away.pk}),
        ("split", {"institution": away.pk, "units": 1}),
        ("owner", {"owner": away.pk}),
        ("count", {"counted": 0, "why": "gone"}),
    ):
        answer = browser.post(f"{url}{step}/", usual | told)
        assert answer.status_code in (400, 403), step
        assert KEPT in answer.text, step
    assert browser.post(f"{url}move/", usual | {"institution": zoo.pk, "tank": "2"}).status_code == 302


def test_strike__is_offered_to_the_coordinator_alone(
    ada: User, rita: User, kept: Sample, signed_in: Any
) -> None:
    url = kept.get_absolute_url()
    assert f"{url}strike/" in signed_in(ada).get(url).text
    browser = signed_in(rita)
    page = browser.get(url).text
    assert f"{url}strike/" not in page
    assert f"{url}edit/" in page
    answer = browser.post(f"{url}strike/", {"opened_version": 1, "reason": "None."})
    assert answer.status_code == 403
    assert KEPT in answer.text


@pytest.mark.rule("G3", door="form", case="inside outside")
def test_entry__is_warned_of_where_the_person_cannot_take_it_out_again(
    ada: User, bo: User, sample: Sample, signed_in: Any
) -> None:
    browser, url = signed_in(bo), f"{sample.get_absolute_url()}account/"
    told = {"on": "2025-07-01", "opened_version": 1, "account": "reserve"}
    page = browser.post(url, told).text
    assert "Read this first" in page
    assert "only the coordinator takes 12-A out of it again" in page
    answer = browser.post(url, told | {"acknowledged": "G3", "reason": "For the species."}, follow=True)
    assert "12-A is in the account “national reserve” now: 6 straws left." in answer.text
    out = {**told, "opened_version": 2, "account": "savings", "why": "Many are left."}
    browser = signed_in(ada)
    answer = browser.post(url, out, follow=True)
    assert "12-A is in the account “savings” now: 6 straws left." in answer.text
    assert browser.post(url, told | {"opened_version": 3}).status_code == 302
