"""The numbers of a plan's pairs, taken anew with each version: those of the revision that it names (D3)."""

from studbook.planning.banked import stored_for
from studbook.planning.figures import figures_of
from studbook.planning.models import Plan
from studbook.planning.plans.reading import standing_pairs
from studbook.planning.stays import open_stays, place_of
from studbook.programmes.changes import Trail, columns_of

PINNED = ("revision", "delta_gd", "f_offspring", "mk_sire", "mk_dam", "sire_holder", "dam_holder")


def pin_pairs(trail: Trail, plan: Plan) -> None:
    """Let each pair of a plan bear the numbers and places of now; one whose two are not living keeps what it has."""
    pairs = list(standing_pairs(plan).select_related("sire", "dam"))
    if not pairs:
        return
    figures = figures_of(plan.programme, tuple(plan.overlays.order_by("pk")))
    stays = open_stays(animal for each in pairs for animal in (each.sire, each.dam))
    stored = stored_for(plan.programme, pairs)
    for each in pairs:
        now = figures.pair(each.sire, each.dam, stored)
        if now is None:
            continue
        before = columns_of(each)
        each.revision = plan.programme.revision
        each.delta_gd, each.f_offspring = now.delta_gd, now.f_offspring
        each.mk_sire, each.mk_dam = now.mk_sire, now.mk_dam
        each.sire_holder = place_of(stays.get(each.sire_id))
        each.dam_holder = place_of(stays.get(each.dam_id))
        if columns_of(each) != before:
            each.save(update_fields=PINNED)
            trail.changed(each, before)
