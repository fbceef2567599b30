"""Thresholds of a programme: held by the database, set with a trail, shown beside the published ones."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from pedigree.suitability import PUBLISHED
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditChange, AuditEntry
from studbook.population.models import MateThresholds
from studbook.population.suitability.actions import reset_mate_thresholds, set_mate_thresholds
from studbook.population.suitability.thresholds import OWN, differing, thresholds_of
from studbook.programmes.models import Programme
from tests.factories import MateThresholdsFactory
from tests.population.conftest import Family

URL = "/programmes/leopards/pairs/suitability/"
RESET = f"{URL}as-published/"
REASON = "The population is small, so differences matter more."
PUBLISHED_VALUES = {name: getattr(PUBLISHED, name) for name in OWN}
FORM = {
    **{"best_share": "33.3333", "middle_share": "66.6667", "mk_deviations": "0.5", "inbreeding": "1"},
    **{"high_inbreeding": "2", "unknown": "10", "much_unknown": "25", "too_unknown": "50"},
    **{"reason": REASON, "opened_version": "0"},
}


def set_by(
    programme: Programme, person: Any, *, version: int = 0, reason: str = REASON, **values: float
) -> MateThresholds:
    given = PUBLISHED_VALUES | values
    return set_mate_thresholds(programme, values=given, reason=reason, by=person, opened_version=version)


def test_thresholds_of__are_the_published_ones_until_they_are_set(programme: Programme, ada: Any) -> None:
    assert thresholds_of(programme) == PUBLISHED
    assert differing(thresholds_of(programme)) == []
    set_by(programme, ada, unknown=0.05)
    for each in (programme, Programme.objects.get()):
        assert [line.name for line in differing(thresholds_of(each))] == ["unknown"]


def test_thresholds_of__the_limit_of_the_programme_differs_too(programme: Programme) -> None:
    programme.offspring_inbreeding_limit = 0.0625
    (line,) = differing(thresholds_of(programme))
    assert (line.label, line.now, line.published) == ("Limit of offspring inbreeding", 0.0625, 0.125)


def test_model__defaults_are_those_published(programme: Programme) -> None:
    row = MateThresholdsFactory(programme=programme)
    assert {name: getattr(row, name) for name in OWN} == PUBLISHED_VALUES


@pytest.mark.parametrize(
    "wrong",
    [
        {"best_share": 0.9},
        {"best_share": -0.1},
        {"middle_share": 1.1},
        {"mk_deviations": -1},
        {"mk_deviations": 101},
        {"high_inbreeding": 0.5},
        {"high_inbreeding": 101},
        {"much_unknown": 0.05},
        {"too_unknown": 0.2},
        {"too_unknown": 1.5},
        {"reason": ""},
    ],
)
def test_database__holds_thresholds_in_order(programme: Programme, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MateThresholdsFactory(programme=programme, **wrong)


def test_database__holds_one_row_for_a_programme(programme: Programme) -> None:
    MateThresholdsFactory(programme=programme)
    with pytest.raises(IntegrityError), transaction.atomic():
        MateThresholds.objects.create(programme=programme, reason="Again.")


def test_set__leaves_a_trail_and_the_revision(programme: Programme, ada: Any) -> None:
    revision = programme.revision
    own = set_by(programme, ada, mk_deviations=0.5)
    set_by(programme, ada, version=1, mk_deviations=2)
    own.refresh_from_db()
    assert (own.mk_deviations, own.version) == (2, 2)
    entries = AuditEntry.objects.filter(verb="set suitability thresholds").order_by("pk")
    assert [(entry.actor, entry.reason) for entry in entries] == [(ada, REASON)] * 2
    change = AuditChange.objects.get(entry=entries[1])
    assert change.before
    assert change.after
    assert (change.before["mk_deviations"], change.after["mk_deviations"]) == (0.5, 2)
    assert Programme.objects.get().revision == revision


def test_reset__returns_to_the_published_and_keeps_the_version_going(programme: Programme, ada: Any) -> None:
    set_by(programme, ada, mk_deviations=0.5)
    reset_mate_thresholds(programme, reason="The study is over.", by=ada, opened_version=1)
    assert thresholds_of(Programme.objects.get()) == PUBLISHED
    assert MateThresholds.objects.get().version == 2
    with pytest.raises(StaleRecordError):
        set_by(programme, ada, version=1, mk_deviations=3)


@pytest.mark.parametrize("version", [0, 7])
def test_set__what_somebody_else_set_meanwhile_is_not_overwritten(
    programme: Programme, ada: Any, version: int
) -> None:
    if version == 0:
        set_by(programme, ada, mk_deviations=0.5)
    with pytest.raises(StaleRecordError):
        set_by(programme, ada, version=version, mk_deviations=3)
    assert MateThresholds.objects.filter(mk_deviations=3).count() == 0


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"best_share": 0.9}, "middle_share", "End of the middle band is below “End of the best band”."),
        (
            {"much_unknown": 0.01},
            "much_unknown",
            "is below “Unknown ancestry”. Give at least as much as there.",
        ),
        ({"mk_deviations": 101.0}, "mk_deviations", "above 100"),
        ({"too_unknown": 0.0}, "too_unknown", "is no share above 0"),
        ({"unknown": float("nan")}, "unknown", "is no number"),
    ],
)
def test_set__refuses_what_contradicts_itself(
    programme: Programme, ada: Any, values: dict[str, float], field: str, words: str
) -> None:
    with pytest.raises(StudbookError, match=words) as refused:
        set_by(programme, ada, **values)
    assert refused.value.field == field
    assert not MateThresholds.objects.exists()


def test_set__needs_a_reason(programme: Programme, ada: Any) -> None:
    with pytest.raises(StudbookError) as refused:
        set_by(programme, ada, reason="  ")
    assert refused.value.field == "reason"


def test_set__is_for_coordinators(programme: Programme, olga: Any, rita: Any) -> None:
    for person in (olga, rita):
        with pytest.raises(StudbookError):
            set_by(programme, person, mk_deviations=0.5)
    assert not MateThresholds.objects.exists()


def test_page__shows_all_and_how_the_pairs_spread(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL)
    text = page.content.decode()
    assert page.status_code == 200
    assert "This programme stands on the published ones." in text
    assert "9 breedable pairs" in text
    assert [share.count for share in page.context["spreads"][0].shares] == [0, 0, 0, 2, 0, 0, 7]
    assert "Save the thresholds" not in text


def test_page__can_be_read_where_the_book_has_nobody_living(
    programme: Programme, ada: Any, signed_in: Any
) -> None:
    page = signed_in(ada).get(URL)
    assert page.status_code == 200
    assert "0 breedable pairs" in page.content.decode()


def test_form__sets_and_resets(family: Family, ada: Any, signed_in: Any) -> None:
    window = signed_in(ada)
    assert window.post(URL, FORM).status_code == 302
    own = MateThresholds.objects.get()
    # A third stays a third, though the form shows it with four digits.
    assert (own.best_share, own.middle_share, own.mk_deviations, own.reason) == (1 / 3, 2 / 3, 0.5, REASON)
    page = window.get(URL)
    text = page.content.decode()
    assert "This programme differs from the published ones." in text
    assert "This programme: 9 breedable pairs" in text
    assert 'name="opened_version" value="1"' in text
    assert "set suitability thresholds" in text
    answer = window.post(RESET, {"reason": "Over.", "opened_version": "1"})
    assert answer.status_code == 302
    assert thresholds_of(Programme.objects.get()) == PUBLISHED
    assert "This programme stands on the published ones." in window.get(URL).content.decode()


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"best_share": "80"}, 400, "is below “End of the best band”"),
        ({"best_share": ""}, 400, "Give a number. What is published stands beside it."),
        ({"unknown": "many"}, 400, "Enter a number."),
        ({"unknown": "nan"}, 400, "Enter a number."),
        ({"unknown": "1e999"}, 400, "Enter a number."),
        ({"too_unknown": "101"}, 400, "less than or equal to 100"),
        ({"reason": ""}, 400, "Thresholds need a reason."),
        ({"opened_version": "7"}, 409, "set by somebody else"),
        ({"opened_version": "x"}, 400, "The form came without its version."),
        ({"opened_version": "9" * 30}, 400, "The form came without its version."),
    ],
)
def test_form__nonsense_is_answered_at_its_field(
    family: Family, ada: Any, signed_in: Any, changed: dict[str, str], status: int, words: str
) -> None:
    page = signed_in(ada).post(URL, FORM | changed)
    assert page.status_code == status
    assert words in page.content.decode()
    assert not MateThresholds.objects.exists()


def test_form__refused_leaves_the_other_form_its_version(family: Family, ada: Any, signed_in: Any) -> None:
    window = signed_in(ada)
    window.post(URL, FORM)
    page = window.post(URL, FORM | {"best_share": "80", "opened_version": "1"})
    assert page.status_code == 400
    version = page.context["reset_form"]["opened_version"].value()
    assert window.post(RESET, {"reason": "Over.", "opened_version": version}).status_code == 302


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"reason": "", "opened_version": "1"}, 400, "Thresholds need a reason."),
        ({"reason": "Over.", "opened_version": "7"}, 409, "was changed by"),
        ({"reason": "Over."}, 400, "The form came without its version."),
    ],
)
def test_reset__nonsense_is_answered_in_its_form(
    family: Family, ada: Any, signed_in: Any, sent: dict[str, str], status: int, words: str
) -> None:
    set_by(family.programme, ada, mk_deviations=0.5)
    page = signed_in(ada).post(RESET, sent)
    assert page.status_code == status
    assert words in page.content.decode()
    assert MateThresholds.objects.get().mk_deviations == 0.5
