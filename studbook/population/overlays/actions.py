"""What a coordinator does with an overlay: make, rename, archive, restore."""

from django.utils import timezone

from studbook.accounts.models import User
from studbook.population.models import Overlay
from studbook.population.overlays.rules import (
    OverlayChangedError,
    refuse_archived,
    refuse_empty,
    refuse_used_name,
)
from studbook.programmes.changes import changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme

NO_NAME = "An overlay needs a name. Write a few words that tell what it assumes."
NO_REASON = "An overlay needs a reason. Write why the analysis should assume something beside the book."
NO_REASON_TO_ARCHIVE = "Archiving needs a reason. Write why the overlay is not used any more."


def make_overlay(programme: Programme, *, name: str, reason: str, by: User | None) -> Overlay:
    """Make an overlay without assumptions yet."""
    overlay = Overlay(programme=programme, name=name.strip(), reason=reason.strip(), made_by=by)
    _refuse_unnamed(overlay)
    with changing(programme, "make overlay", by=by, reason=overlay.reason, alters_numbers=False) as trail:
        refuse_used_name(overlay)
        overlay.save()
        trail.created([overlay])
    return overlay


def edit_overlay(overlay: Overlay, *, name: str, reason: str, by: User | None, opened_version: int) -> None:
    """Give an overlay another name or reason."""
    name, reason = name.strip(), reason.strip()
    with changing(overlay.programme, "edit overlay", by=by, reason=reason, alters_numbers=False) as trail:
        overlay.refresh_from_db()
        refuse_archived(overlay)
        before = columns_of(overlay)
        overlay.name, overlay.reason = name, reason
        _refuse_unnamed(overlay)
        refuse_used_name(overlay)
        save_unless_stale(overlay, opened_version=opened_version, fields=["name", "reason"])
        trail.changed(overlay, before)


def archive_overlay(overlay: Overlay, *, by: User | None, reason: str, opened_version: int) -> None:
    """Put an overlay away: it stays to be read and is used by no analysis."""
    reason = reason.strip()
    refuse_empty(reason, NO_REASON_TO_ARCHIVE, field="reason")
    with changing(overlay.programme, "archive overlay", by=by, reason=reason, alters_numbers=False) as trail:
        overlay.refresh_from_db()
        if overlay.is_archived:
            raise OverlayChangedError(f"The overlay {overlay} is archived already. Nothing is left to do.")
        before = columns_of(overlay)
        overlay.archived_at = timezone.now()
        save_unless_stale(overlay, opened_version=opened_version, fields=["archived_at"])
        trail.changed(overlay, before)


def restore_overlay(overlay: Overlay, *, by: User | None, opened_version: int) -> None:
    """Take an overlay back into use."""
    with changing(overlay.programme, "restore overlay", by=by, alters_numbers=False) as trail:
        overlay.refresh_from_db()
        if not overlay.is_archived:
            raise OverlayChangedError(f"The overlay {overlay} is in use already. Nothing is left to do.")
        before = columns_of(overlay)
        overlay.archived_at = None
        save_unless_stale(overlay, opened_version=opened_version, fields=["archived_at"])
        trail.changed(overlay, before)


def _refuse_unnamed(overlay: Overlay) -> None:
    refuse_empty(overlay.name, NO_NAME, field="name")
    refuse_empty(overlay.reason, NO_REASON, field="reason")
