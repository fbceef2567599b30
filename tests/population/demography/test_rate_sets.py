"""What-ifs of rates: made, edited, compared, archived; what is refused, what the trail tells."""

import csv
from io import StringIO
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditEntry
from studbook.population.basis import Basis
from studbook.population.demography.rates.actions import Rates, edit_rate_set, make_rate_set
from studbook.population.demography.rates.reading import base_form, base_words, recorded_on, what_ifs
from studbook.population.models import EditedRate, RateSet
from studbook.population.set_beside import ChangedBesideError, archive, restore
from tests.factories import EditedRateFactory, RateSetFactory
from tests.population.demography.conftest import Story

URL = "/programmes/leopards/demography/rates/"
REASON = "The new dens spare cubs."


@pytest.fixture
def dens(story: Story, ada: Any) -> RateSet:
    # Smoothed, because the small book has ages at which nobody was at risk.
    return make_rate_set(story.programme, name="Dens", reason=REASON, base="smoothing=filled", by=ada)


def _edit(
    rate_set: RateSet, rates: dict[tuple[str, int], Rates], version: int = 1, **changed: Any
) -> RateSet:
    told = {"name": "Dens", "reason": REASON, "by": None} | changed
    return edit_rate_set(rate_set, rates=rates, opened_version=version, **told)


def test_make_rate_set__leaves_a_trail_and_the_revision(story: Story, dens: RateSet, ada: Any) -> None:
    revision = story.programme.revision
    story.programme.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.reason) == ("make rate set", ada, REASON)
    assert (dens.version, story.programme.revision) == (1, revision)


@pytest.mark.parametrize(
    ("name", "reason", "field", "sentence"),
    [
        (" ", REASON, "name", "A rate set needs a name"),
        ("New", " ", "reason", "A rate set needs a reason"),
        ("DENS", REASON, "name", "A rate set named DENS exists already"),
    ],
)
def test_make_rate_set__refuses_at_the_field(
    dens: RateSet, name: str, reason: str, field: str, sentence: str
) -> None:
    with pytest.raises(StudbookError, match=sentence) as refusal:
        make_rate_set(dens.programme, name=name, reason=reason, base="", by=None)
    assert refusal.value.field == field
    assert RateSet.objects.count() == 1


def test_edit_rate_set__keeps_exactly_the_rates_given(dens: RateSet) -> None:
    _edit(dens, {("F", 0): Rates(qx=0.1), ("F", 8): Rates(mx=1.5)})
    _edit(dens, {("F", 0): Rates(qx=0.2, mx=0.0), ("M", 3): Rates()}, 2)
    assert list(EditedRate.objects.values_list("sex", "age", "qx", "mx")) == [("F", 0, 0.2, 0.0)]
    changes = AuditEntry.objects.latest("pk").changes
    assert sorted(change.record for change in changes.all()) == [
        "population.editedrate",
        "population.editedrate",
        "population.rateset",
    ]


@pytest.mark.parametrize(
    ("rates", "sentence"),
    [
        (Rates(qx=1.1), "A Qx of 1.1 for females of age 2 is no chance"),
        (Rates(mx=-1), "An Mx of -1 for females of age 2"),
    ],
)
def test_edit_rate_set__refuses_impossible_rates(dens: RateSet, rates: Rates, sentence: str) -> None:
    with pytest.raises(StudbookError, match=sentence):
        _edit(dens, {("F", 2): rates})
    assert not EditedRate.objects.exists()


def test_edit_rate_set__refuses_a_stale_form(dens: RateSet) -> None:
    _edit(dens, {})
    with pytest.raises(StaleRecordError):
        _edit(dens, {("F", 0): Rates(qx=0.1)}, 1)
    assert not EditedRate.objects.exists()


def test_archive__puts_a_rate_set_away_and_restore_takes_it_back(dens: RateSet, ada: Any) -> None:
    archive(dens, by=ada, reason="Settled.", opened_version=1)
    assert list(RateSet.objects.standing()) == []
    with pytest.raises(ChangedBesideError, match="The rate set Dens is archived and stays as it is"):
        _edit(dens, {}, 2)
    restore(dens, by=ada, opened_version=2)
    assert list(RateSet.objects.standing()) == [dens]
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")][1:] == [
        "archive rate set",
        "restore rate set",
    ]


@pytest.mark.parametrize(
    "columns", [{"qx": 1.5}, {"mx": -0.1}, {"qx": None}, {"sex": "U"}, {"age": 151}], ids=str
)
def test_edited_rate__the_database_refuses_what_is_no_rate(story: Story, columns: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        EditedRateFactory(rate_set__programme=story.programme, **columns)


def test_what_ifs__edit_the_recorded_table_and_nothing_else(dens: RateSet) -> None:
    _edit(dens, {("F", 0): Rates(qx=0.25), ("F", 99): Rates(qx=0.5)})
    recorded = recorded_on(dens, Basis(dens.programme)).female
    males, females = what_ifs(dens, Basis(dens.programme), dens.rates.all())
    assert females.edited is not None
    assert females.edited.Qx[0] == 0.25
    assert np.array_equal(females.edited.Qx[1:], recorded.Qx[1:])
    assert np.array_equal(females.edited.Mx, recorded.Mx)
    assert (females.ages, females.unused, males.ages) == ((0,), (99,), ())


def test_what_ifs__a_gap_without_a_rate_is_told_with_the_way_out(story: Story) -> None:
    # In its region one female was seen, from her fifth year on.
    rates = RateSetFactory(programme=story.programme, base="region=EARAZA")
    _, females = what_ifs(rates, Basis(story.programme), [])
    assert females.edited is None
    assert females.reason == (
        "There is no rate at age 0, 1, 2, 3. Edit it there, or start from a smoothed table."
    )


def test_base_words__say_days_places_and_smoothing(story: Story) -> None:
    base = f"first=2001-01-01&last=2020-12-31&region=EAZA&institution={story.zoo.pk}&origin=wild&in_situ=on&smoothing=3"
    rates = RateSetFactory(programme=story.programme, base=base)
    assert base_words(base_form(rates, Basis(story.programme))) == (
        "from 1 January 2001 on, up to 31 December 2020, in region EAZA, at Zoo A, of wild origin, the wild included, "
        "convention mid-class, smoothing: moving average of 3 ages"
    )


def test_rate_set_pages__make_edit_show_and_compare(story: Story, ada: Any, signed_in: Any) -> None:
    browser = signed_in(ada)
    made = browser.post(f"{URL}new/?smoothing=filled", {"name": "Dens", "reason": REASON})
    rate_set = RateSet.objects.get()
    assert (made.url, rate_set.base) == (f"{URL}{rate_set.pk}/edit/", "smoothing=filled")
    form = browser.get(made.url).context["form"]
    assert [len(line.fields) for line in form.lines()][:1] == [4]
    told = {"name": "Dens", "reason": REASON, "opened_version": 1, "F_0_q": "0.1", "F_8_m": "0.75"}
    assert browser.post(made.url, told).url == rate_set.get_absolute_url()
    page = browser.get(rate_set.get_absolute_url())
    assert [(rate.sex, rate.age, rate.qx, rate.mx) for rate in page.context["rates"]] == [
        ("F", 0, 0.1, None),
        ("F", 8, None, 0.75),
    ]
    figures = {each.label: each for each in page.context["compared"][1][1]}
    assert figures["R0"].edited != figures["R0"].recorded
    text = browser.get(URL).content.decode()
    assert "Dens" in text
    lines = list(
        csv.DictReader(
            StringIO(
                b"".join(browser.get(f"{rate_set.get_absolute_url()}export.csv").streaming_content).decode()
            )
        )
    )
    assert {line["rates"] for line in lines} == {"recorded", "what-if"}


def test_rate_set_edit__keeps_a_rate_beyond_the_table(
    story: Story, dens: RateSet, ada: Any, signed_in: Any
) -> None:
    EditedRateFactory(rate_set=dens, sex="F", age=120, qx=0.5)
    told = {"name": "Dens", "reason": REASON, "opened_version": 1}
    signed_in(ada).post(f"{URL}{dens.pk}/edit/", told)
    assert EditedRate.objects.get().age == 120


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"F_0_q": "2"}, "Qx of females at age 0: Ensure this value is less than or equal to 1"),
        ({"M_1_m": "many"}, "Mx of males at age 1: Enter a number."),
        ({"name": ""}, "A rate set needs a name"),
    ],
)
def test_rate_set_edit__nonsense_is_answered_with_400(
    dens: RateSet, ada: Any, signed_in: Any, told: dict[str, str], sentence: str
) -> None:
    opened = {"name": "Dens", "reason": REASON, "opened_version": 1}
    page = signed_in(ada).post(f"{URL}{dens.pk}/edit/", opened | told)
    assert page.status_code == 400
    assert sentence in page.content.decode()
    assert not EditedRate.objects.exists()


def test_rate_set_new__on_a_base_that_cannot_be_read_is_refused(
    story: Story, ada: Any, signed_in: Any
) -> None:
    assert signed_in(ada).get(f"{URL}new/", {"first": "soon"}).status_code == 400


def test_rate_set_pages__archive_and_restore(dens: RateSet, ada: Any, signed_in: Any) -> None:
    browser = signed_in(ada)
    refused = browser.post(f"{URL}{dens.pk}/archive/", {"opened_version": 1, "reason": ""})
    assert refused.status_code == 400
    assert "Write why the rate set is not used any more" in refused.content.decode()
    assert browser.post(f"{URL}{dens.pk}/archive/", {"opened_version": 1, "reason": "Done."}).url == URL
    assert "This rate set is archived" in browser.get(f"{URL}{dens.pk}/").content.decode()
    assert browser.post(f"{URL}{dens.pk}/restore/", {"opened_version": 2}).url == f"{URL}{dens.pk}/"


def test_rate_set_pages__an_observer_reads_and_changes_nothing(
    dens: RateSet, olga: Any, signed_in: Any
) -> None:
    browser = signed_in(olga)
    assert [
        browser.get(url).status_code for url in (URL, f"{URL}{dens.pk}/", f"{URL}{dens.pk}/export.csv")
    ] == [200] * 3
    assert [browser.get(f"{URL}{each}").status_code for each in ("new/", f"{dens.pk}/edit/")] == [403, 403]


def test_rate_set_pages__are_for_the_programmes_people(dens: RateSet, cy: Any, signed_in: Any) -> None:
    browser = signed_in(cy)
    assert [browser.get(url).status_code for url in (URL, f"{URL}{dens.pk}/")] == [404, 404]
    assert browser.get(f"{URL}{RateSetFactory().pk}/").status_code == 404


def test_rate_sets__as_many_queries_for_one_as_for_six(
    dens: RateSet, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    browser.get(URL)
    with django_assert_num_queries(6):
        browser.get(URL)
    for _ in range(5):
        EditedRateFactory(rate_set__programme=dens.programme)
    with django_assert_num_queries(6):
        browser.get(URL)
