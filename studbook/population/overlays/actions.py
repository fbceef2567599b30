"""What a coordinator does with an overlay: make, rename; it is archived and restored like all that is set beside the book."""

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.population.models import Overlay
from studbook.population.set_beside import refuse_archived, refuse_empty, refuse_used_name
from studbook.programmes.changes import changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme

NO_NAME = "An overlay needs a name. Write a few words that tell what it assumes."
NO_REASON = "An overlay needs a reason. Write why the analysis should assume something beside the book."


def make_overlay(programme: Programme, *, name: str, reason: str, by: User | None) -> Overlay:
    """Make an overlay without assumptions yet."""
    overlay = Overlay(programme=programme, name=name.strip(), reason=reason.strip(), made_by=by)
    _refuse_unnamed(overlay)
    with changing(
        programme, "make overlay", by=by, right=Right.PLAN, reason=overlay.reason, alters_numbers=False
    ) as trail:
        refuse_used_name(overlay)
        overlay.save()
        trail.created([overlay])
    return overlay


def edit_overlay(overlay: Overlay, *, name: str, reason: str, by: User | None, opened_version: int) -> None:
    """Give an overlay another name or reason."""
    name, reason = name.strip(), reason.strip()
    with changing(
        overlay.programme, "edit overlay", by=by, right=Right.PLAN, reason=reason, alters_numbers=False
    ) as trail:
        overlay.refresh_from_db()
        refuse_archived(overlay)
        before = columns_of(overlay)
        overlay.name, overlay.reason = name, reason
        _refuse_unnamed(overlay)
        refuse_used_name(overlay)
        save_unless_stale(overlay, opened_version=opened_version, fields=["name", "reason"])
        trail.changed(overlay, before)


def _refuse_unnamed(overlay: Overlay) -> None:
    refuse_empty(overlay.name, NO_NAME, field="name")
    refuse_empty(overlay.reason, NO_REASON, field="reason")
