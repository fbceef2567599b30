"""Two people import at the same moment: one book comes in whole, the other is refused whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from studbook.core.errors import StudbookError
from studbook.core.models import AuditEntry
from studbook.exchange import actions
from studbook.exchange.records import ParsedStudbook
from studbook.exchange.reports import ImportReport
from studbook.exchange.sparks import read_sparks
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import ProgrammeFactory
from tests.races.digest import digest_of_everything
from tests.races.threads import BEFORE_A_LOCK, Meeting, at_once, errors_in

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLES = Path(__file__).resolve().parent.parent / "exchange" / "samples" / "synthetic"
CODE = "synthetic-pair"


@pytest.fixture(scope="module")
def parsed() -> ParsedStudbook:
    return read_sparks(SAMPLES)


def importing(parsed: ParsedStudbook, code: str = CODE) -> Callable[[], ImportReport]:
    return lambda: actions.import_parsed(code, parsed, by=None, reason="import")


@pytest.fixture
def meet_before_taking_in(monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = Meeting(2, patience=BEFORE_A_LOCK)
    monkeypatch.setattr(actions, "_new_programme", meeting.after(actions._new_programme))


def assert_one_whole_book(parsed: ParsedStudbook, outcomes: list[object]) -> None:
    (refusal,) = errors_in(outcomes)
    assert isinstance(refusal, StudbookError)
    (report,) = (outcome for outcome in outcomes if isinstance(outcome, ImportReport))
    programme = Programme.objects.get(code=CODE)
    assert programme.animals.count() == report.animals == len(parsed.animals)
    assert Institution.objects.count() == report.institutions
    assert AuditEntry.objects.count() == 1


def test_import_parsed__of_two_into_a_new_programme_one_wins(parsed: ParsedStudbook) -> None:
    assert_one_whole_book(parsed, at_once(importing(parsed), importing(parsed)))


@pytest.mark.usefixtures("meet_before_taking_in")
def test_import_parsed__of_two_into_a_waiting_programme_one_wins(parsed: ParsedStudbook) -> None:
    ProgrammeFactory(code=CODE)
    assert_one_whole_book(parsed, at_once(importing(parsed), importing(parsed)))


def test_import_parsed__a_second_time_changes_nothing(parsed: ParsedStudbook) -> None:
    importing(parsed)()
    before = digest_of_everything()
    with pytest.raises(StudbookError, match=r"has [0-9]+ animals already"):
        importing(parsed)()
    assert digest_of_everything() == before


def test_import_parsed__of_two_books_with_the_same_places_leaves_whole_books(parsed: ParsedStudbook) -> None:
    outcomes = at_once(importing(parsed, "one"), importing(parsed, "two"))
    for programme in Programme.objects.all():
        assert programme.animals.count() == len(parsed.animals)
    assert errors_in(outcomes) == []
    assert Programme.objects.count() == 2
    mnemonics = list(Institution.objects.values_list("mnemonic", flat=True))
    assert len(mnemonics) == len(set(mnemonics))
