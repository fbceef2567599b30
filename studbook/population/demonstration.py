"""An overlay and a lineage for the demonstration: sires assumed where the book knows none, and a founder capped."""

from studbook.population.genetics.lineage_actions import make_lineage
from studbook.population.models import Assumption, Lineage, Overlay
from studbook.population.overlays.actions import make_overlay
from studbook.population.overlays.assuming import assume
from studbook.population.overlays.drafts import AssumptionDraft, ParentDraft
from studbook.programmes.models import Programme

NAME = "Sires not recorded"
REASON = "Two living females have no recorded sire, and an unknown parent counts as unrelated to everybody."
ONLY_MALE = "The only grown male at the zoo when it was conceived."
SIRES = (("1288", "1171"), ("1293", "1071"))
LINEAGE, FOUNDER, CAP = "Founder 2", "2", 0.41
WHY_CAPPED = (
    "Founder 2 of the real studbook may have been of another subspecies; in 1999 the European programme stopped breeding "
    "animals with more than 41 % of its genes. The founder of that number stands for it here."
)


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


def add_lineage(programme: Programme) -> Lineage:
    """Watch and cap the share of the founder that bears the number 2, by nobody."""
    founder = programme.animals.get(studbook_number=FOUNDER)
    return make_lineage(programme, name=LINEAGE, founders=[founder], cap=CAP, reason=WHY_CAPPED, by=None)
