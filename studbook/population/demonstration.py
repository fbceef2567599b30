"""An overlay for the demonstration: what is assumed where the book does not know a sire."""

from studbook.population.models import Assumption, Overlay
from studbook.population.overlays.actions import make_overlay
from studbook.population.overlays.assuming import assume
from studbook.population.overlays.drafts import AssumptionDraft, ParentDraft
from studbook.programmes.models import Programme

NAME = "Sires not recorded"
REASON = "Two living females have no recorded sire, and an unknown parent counts as unrelated to everybody."
ONLY_MALE = "The only grown male at the zoo when it was conceived."
SIRES = (("1288", "1171"), ("1293", "1071"))


def add_overlay(programme: Programme) -> Overlay:
    """Add the overlay to the demonstration's programme, by nobody."""
    overlay = make_overlay(programme, name=NAME, reason=REASON, by=None)
    for animal, sire in SIRES:
        draft = AssumptionDraft(
            Assumption.Kind.PARENT,
            ONLY_MALE,
            animal=animal,
            role="sire",
            parents=(("sire", (ParentDraft(sire),)),),
        )
        assume(overlay, draft, by=None, opened_version=overlay.version)
    return overlay
