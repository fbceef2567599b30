"""An overlay is made, renamed, archived, restored: what is kept, what is refused, what the trail tells."""

from typing import Any

import pytest

from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditEntry
from studbook.population.models import Overlay
from studbook.population.overlays.actions import edit_overlay, make_overlay
from studbook.population.set_beside import archive, restore
from studbook.programmes.models import Programme
from tests.factories import OverlayFactory

REASON = "Old letters name parents."


@pytest.fixture
def overlay(programme: Programme) -> Overlay:
    made: Overlay = OverlayFactory(programme=programme, name="Letters", reason=REASON)
    return made


def test_make_overlay__keeps_name_reason_maker_and_a_trail(programme: Programme, ada: Any) -> None:
    revision = programme.revision
    overlay = make_overlay(programme, name=" Letters ", reason=f" {REASON} ", by=ada)
    programme.refresh_from_db()
    assert (overlay.name, overlay.reason, overlay.made_by, overlay.version) == ("Letters", REASON, ada, 1)
    assert programme.revision == revision
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.reason) == ("make overlay", ada, REASON)
    change = entry.changes.get()
    assert (change.record, change.record_id, change.before) == ("population.overlay", overlay.pk, None)
    assert change.after["name"] == "Letters"


@pytest.mark.parametrize(
    ("name", "reason", "field", "sentence"),
    [
        (" ", REASON, "name", "An overlay needs a name"),
        ("New", " ", "reason", "An overlay needs a reason"),
        ("LETTERS", REASON, "name", "An overlay named LETTERS exists already"),
    ],
)
def test_make_overlay__refuses_at_the_field(
    overlay: Overlay, name: str, reason: str, field: str, sentence: str
) -> None:
    with pytest.raises(StudbookError, match=sentence) as refusal:
        make_overlay(overlay.programme, name=name, reason=reason, by=None)
    assert refusal.value.field == field
    assert Overlay.objects.count() == 1
    assert not AuditEntry.objects.exists()


def test_make_overlay__lets_another_programme_use_the_name(overlay: Overlay) -> None:
    other = OverlayFactory().programme
    assert make_overlay(other, name="Letters", reason=REASON, by=None).programme == other


def test_edit_overlay__raises_its_version_not_the_revision(overlay: Overlay, ada: Any) -> None:
    revision = overlay.programme.revision
    edit_overlay(overlay, name="Old letters", reason=REASON, by=ada, opened_version=1)
    overlay.refresh_from_db()
    overlay.programme.refresh_from_db()
    assert (overlay.name, overlay.version, overlay.programme.revision) == ("Old letters", 2, revision)
    change = AuditEntry.objects.get().changes.get()
    assert (change.before["name"], change.after["name"]) == ("Letters", "Old letters")


def test_edit_overlay__refuses_a_stale_form(overlay: Overlay, ada: Any) -> None:
    edit_overlay(overlay, name="Old letters", reason=REASON, by=ada, opened_version=1)
    with pytest.raises(StaleRecordError, match="was changed by"):
        edit_overlay(overlay, name="Mine", reason=REASON, by=ada, opened_version=1)
    overlay.refresh_from_db()
    assert (overlay.name, overlay.version) == ("Old letters", 2)


def test_edit_overlay__refuses_the_name_of_another(overlay: Overlay) -> None:
    OverlayFactory(programme=overlay.programme, name="Genes")
    with pytest.raises(StudbookError, match="named genes exists already"):
        edit_overlay(overlay, name="genes", reason=REASON, by=None, opened_version=1)


def test_archive__puts_it_away_once_with_a_reason(overlay: Overlay, ada: Any) -> None:
    with pytest.raises(StudbookError, match="Archiving needs a reason"):
        archive(overlay, by=ada, reason=" ", opened_version=1)
    archive(overlay, by=ada, reason="Settled by genotypes.", opened_version=1)
    overlay.refresh_from_db()
    assert overlay.is_archived
    assert not Overlay.objects.standing().exists()
    with pytest.raises(StudbookError, match="archived already"):
        archive(overlay, by=ada, reason="Again.", opened_version=2)
    assert AuditEntry.objects.get().reason == "Settled by genotypes."


def test_archived_overlay__stays_as_it_is_until_restored(overlay: Overlay, ada: Any) -> None:
    archive(overlay, by=ada, reason="Settled.", opened_version=1)
    with pytest.raises(StudbookError, match="Restore it first"):
        edit_overlay(overlay, name="New", reason=REASON, by=ada, opened_version=2)
    restore(overlay, by=ada, opened_version=2)
    overlay.refresh_from_db()
    assert (overlay.is_archived, overlay.name, overlay.version) == (False, "Letters", 3)
    with pytest.raises(StudbookError, match="in use already"):
        restore(overlay, by=ada, opened_version=3)


def test_archive__refuses_a_stale_form(overlay: Overlay) -> None:
    edit_overlay(overlay, name="Old letters", reason=REASON, by=None, opened_version=1)
    with pytest.raises(StaleRecordError):
        archive(overlay, by=None, reason="Settled.", opened_version=1)
    overlay.refresh_from_db()
    assert not overlay.is_archived
