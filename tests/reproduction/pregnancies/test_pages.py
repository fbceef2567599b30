"""The pages of pregnancies: begun, read, ended, with a litter, listed, reminded of, and as parts of other pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import standing_of
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.panels import rendered_panels
from studbook.institutions.models import Institution
from studbook.reproduction.models import Examination, Mating, Pairing, Pregnancy
from tests import factories
from tests.reproduction.assisted import inseminated, procedure, sample_of, used
from tests.reproduction.conftest import Couple

SignedIn = Callable[[User], Client]
SITE = ("--site", "https://studbook.example")


def days_ago(days: int) -> DateInterval:
    return DateInterval.exact(timezone.localdate() - timedelta(days=days))


def pregnant(couple: Couple, days: int = 50, **columns: Any) -> Pregnancy:
    """Return a pregnancy that began so many days ago; young come from day 90 to 105."""
    columns = {"sire": couple.sire, "conceived": days_ago(days)} | columns
    return factories.PregnancyFactory(  # type: ignore[no-any-return]
        programme=couple.programme, dam=couple.dam, institution=couple.zoo, **columns
    )


def at(name: str, *more: Any) -> str:
    return reverse(name, args=["leopards", *more])


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


def test_correct__shows_what_somebody_else_changed(couple: Couple, rita: User, signed_in: SignedIn) -> None:
    pregnancy = pregnant(couple)
    Pregnancy.objects.update(version=3)
    sent = {"on": "2025-01-12", "sire": "2", "method": "natural", "opened_version": 1, "reason": "So."}
    stale = signed_in(rita).post(at("pregnancy_correct", pregnancy.pk), sent)
    assert stale.status_code == 409
    assert "since you opened it" in stale.text


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


@pytest.fixture
def with_mail(settings: Any) -> None:
    settings.EMAIL_URL = "smtp://"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def addressed(*people: User) -> None:
    for each in people:
        User.objects.filter(pk=each.pk).update(email=f"{each.username}@example.org")


@pytest.mark.parametrize(("days", "sent"), [(79, 0), (80, 2), (100, 2), (120, 2)])
def test_remind_pregnancies__writes_once_to_those_who_log(
    days: int, sent: int, couple: Couple, bo: User, rita: User, remy: User, ada: User, with_mail: None
) -> None:
    addressed(bo, rita, remy, ada)
    pregnant(couple, days)
    for _ in range(2):
        call_command("remind_pregnancies", *SITE, verbosity=0)
    assert len(mail.outbox) == sent
    assert {each.to[0] for each in mail.outbox} <= {"bo@example.org", "rita@example.org"}
    assert all("https://studbook.example/programmes/leopards/" in each.body for each in mail.outbox)


def test_remind_pregnancies__writes_again_when_the_outcome_is_overdue(
    couple: Couple, bo: User, with_mail: None
) -> None:
    addressed(bo)
    pregnancy = pregnant(couple, 120, reminded_at=timezone.now() - timedelta(days=40))
    call_command("remind_pregnancies", *SITE, verbosity=0)
    assert "What came of the pregnancy" in mail.outbox[0].subject
    Pregnancy.objects.filter(pk=pregnancy.pk).update(
        outcome="lost",
        ended_earliest=timezone.localdate(),
        ended_latest=timezone.localdate(),
        reminded_at=None,
    )
    call_command("remind_pregnancies", *SITE, verbosity=0)
    assert len(mail.outbox) == 1


def test_remind_pregnancies__keeps_trying_where_nobody_could_be_told(
    couple: Couple, bo: User, with_mail: None, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    pregnancy = pregnant(couple, 95)
    call_command("remind_pregnancies", *SITE)
    assert "0 reminded" in capsys.readouterr().out
    addressed(bo)

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("no route")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    call_command("remind_pregnancies", *SITE, verbosity=0)
    pregnancy.refresh_from_db()
    assert pregnancy.reminded_at is None


def test_remind_pregnancies__says_what_it_needs(settings: Any, db: None) -> None:
    settings.EMAIL_URL = ""
    with pytest.raises(CommandError, match="No mail server is set"):
        call_command("remind_pregnancies", *SITE)
    with pytest.raises(CommandError, match="is no address of a site"):
        call_command("remind_pregnancies", "--site", "studbook")
