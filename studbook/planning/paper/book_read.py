"""What a plan's numbers are made from, read from the book: parents, lives, places, settings, assumptions."""

from collections.abc import Iterable
from typing import Any

from pedigree.assumptions import told
from pedigree.overlay import Overlaid, with_overlays
from pedigree.structure import Parent, Record
from studbook.animals.models import Animal
from studbook.core.downloads import iso
from studbook.institutions.models import Institution
from studbook.planning.models import Plan
from studbook.planning.paper.plain import PlainDict
from studbook.planning.stays import open_stays
from studbook.population.basis import Basis, analysis_on
from studbook.population.demography.book import Member, book_on
from studbook.population.genetics.history_stays import stays_on
from studbook.population.models import Assumption, Overlay
from studbook.population.overlays.engine import engine_overlays
from studbook.population.pedigrees import records_of
from studbook.population.stays import Stay
from studbook.programmes.models import Programme

SETTINGS = (
    "pk", "code", "name", "taxon", "common_name", "scope", "synthetic", "revision",
    "gestation_days_min", "gestation_days_mean", "gestation_days_max",
    "female_first_breeding_days", "male_first_breeding_days", "female_last_breeding_years", "male_last_breeding_years",
    "litter_size_max", "litter_interval_days_min", "longevity_years",
    "target_size", "gene_diversity_goal", "goal_years", "offspring_inbreeding_limit",
)  # fmt: skip
PLACE = ("pk", "mnemonic", "name", "city", "country", "region", "kind", "latitude", "longitude", "note")
ROW = ("studbook_number", "house_name", "sex", "status", "birth_type")


def basis_of_plan(plan: Plan) -> Basis:
    """Return what a plan's numbers stand on: the book under the plan's overlays; one query."""
    overlays = plan.overlays.select_related("programme").order_by("pk")
    return Basis(plan.programme, tuple(overlays))


def book_inputs(plan: Plan) -> PlainDict:
    """Return the book as the plan takes it; a fixed number of queries."""
    programme, basis = plan.programme, basis_of_plan(plan)
    analysis, book, stays = analysis_on(basis), book_on(basis), stays_on(basis)
    records, living = records_of(programme)
    known = set(analysis.pedigree.ids)
    animals, places = _animals(programme)
    places |= {place.pk: place for place in book.places.values()}
    return {
        "programme": {name: getattr(programme, name) for name in SETTINGS} | {"as_of": iso(programme.as_of)},
        "records": [_record(each) for each in sorted(records, key=lambda each: each.id)],
        "living": sorted(living),
        "assumed": _assumed(records, basis.overlays),
        "overlays": [_overlay(each) for each in basis.overlays],
        "unconfirmed": {
            "arrived": sorted(analysis.unconfirmed.arrived),
            "left": sorted(analysis.unconfirmed.left),
        },
        "animals": animals,
        "places": {str(pk): {name: getattr(places[pk], name) for name in PLACE} for pk in sorted(places)},
        "members": [_member(each) for each in book.members],
        "presence": {
            number: [[iso(start), iso(end) or None] for start, end in spans]
            for number, spans in stays.presence.items()
            if number in known
        },
        "births": {number: iso(day) for number, day in stays.births.items() if number in known},
    }


def _animals(programme: Programme) -> tuple[PlainDict, dict[int, Institution]]:
    """Return everybody's name, sex and status, of the living also age, holder and local id; with the holders."""
    rows = list(programme.animals.order_by("number_order", "studbook_number"))
    stays = open_stays(each for each in rows if each.is_living)
    return (
        {each.studbook_number: _animal(programme, each, stays.get(each.pk)) for each in rows},
        {stay.institution_id: stay.institution for stay in stays.values()},
    )


def _animal(programme: Programme, animal: Animal, stay: Any) -> PlainDict:
    row: PlainDict = {name: getattr(animal, name) for name in ROW}
    if animal.is_living:
        row["age"] = animal.age_on(programme.as_of)
        row["holder"] = stay.institution_id if stay else None
        row["local_id"] = stay.local_id if stay else ""
    return row


def _record(record: Record) -> list[Any]:
    return [record.id, _parent(record.sire), _parent(record.dam), record.sex, record.litter, record.twin_of]


def _parent(parent: Parent) -> Any:
    return [list(each) for each in parent] if isinstance(parent, tuple) else parent


def _assumed(records: Iterable[Record], overlays: tuple[Overlay, ...]) -> PlainDict | None:
    """Return the records as the overlays assume them, every difference told; None without an overlay."""
    if not overlays:
        return None
    overlaid: Overlaid = with_overlays(list(records), engine_overlays(overlays))
    return {
        "records": [_record(each) for each in sorted(overlaid.records, key=lambda each: each.id)],
        "founder_kinship": [[*pair, kinship] for pair, kinship in sorted(overlaid.founder_kinship.items())],
        "excluded": sorted(overlaid.excluded),
        "hypothetical": sorted(overlaid.hypothetical),
        "differences": [
            {
                "overlay": each.overlay,
                "animal": each.animal,
                "other": each.other,
                "field": each.field,
                "recorded": told(each.field, each.recorded),
                "assumed": told(each.field, each.assumed),
                "reason": each.reason,
            }
            for each in overlaid.differences
        ],
    }


def _overlay(overlay: Overlay) -> PlainDict:
    return {
        "name": overlay.name,
        "reason": overlay.reason,
        "version": overlay.version,
        "assumptions": [
            {"kind": Assumption.Kind(each.kind).label, "what": str(each), "reason": each.reason}
            for each in overlay.assumptions.whole().order_by("id")
        ],
    }


def _member(member: Member) -> list[Any]:
    return [
        member.number,
        member.sex,
        member.origin,
        iso(member.birth) or None,
        iso(member.death) or None,
        member.slack,
        _parent(member.sire),
        _parent(member.dam),
        [_stay(each) for each in member.held],
        [_stay(each) for each in member.outside],
    ]


def _stay(stay: Stay) -> list[Any]:
    return [iso(stay.start), iso(stay.end) or None, stay.place]
