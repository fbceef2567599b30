"""Everything a plan's numbers and rows are made of, and the numbers made of it again: a pure function of plain values."""

from collections.abc import Mapping
from typing import Any

from pedigree.kinship import kinship_matrix, mean_kinship
from pedigree.lineage import known_fraction
from pedigree.mating import rank_pairs
from pedigree.structure import FEMALE, MALE, UNKNOWN, Pedigree, Record
from pedigree.summary import summarise
from studbook.animals.models import Animal, ParentKind
from studbook.planning.models import Plan
from studbook.planning.paper.packing import digest, pack, unpack
from studbook.planning.plans.lines import PlanLines
from studbook.planning.plans.reading import lines_of
from studbook.planning.report import software_version
from studbook.population.codes import KIND_CODES, SEX_CODES

__all__ = ["digest", "figures_from", "inputs_of", "pack", "unpack"]

COLUMNS = (
    "studbook_number",
    "sex",
    "status",
    "sire_kind",
    "sire__studbook_number",
    "dam_kind",
    "dam__studbook_number",
)


def inputs_of(plan: Plan) -> dict[str, Any]:
    """Return what a plan's numbers and rows are made of now, as plain values; a fixed number of queries."""
    programme = plan.programme
    return {
        "format": 1,
        "software": software_version(),
        "revision": programme.revision,
        "day": programme.as_of.isoformat(),
        "programme": programme.name,
        "inbreeding_limit": programme.offspring_inbreeding_limit,
        "title": plan.title,
        "overlays": [[each.pk, each.name, each.version] for each in plan.overlays.order_by("pk")],
        "animals": [list(each) for each in programme.animals.order_by("pk").values_list(*COLUMNS)],
        "lines": lines_of(plan).as_dict(),
    }


def figures_from(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the numbers made of the inputs; the same inputs give the same numbers bit for bit."""
    animals, lines = inputs["animals"], PlanLines.from_dict(inputs["lines"])
    pedigree = Pedigree.from_records([_record(each) for each in animals])
    excluded = {each.number for each in lines.animals if each.excluded}
    living = pedigree.mask({each[0] for each in animals if each[2] == Animal.Status.LIVING} - excluded)
    if not living.any():
        return {"population": {}, "pairs": []}
    kinship = kinship_matrix(pedigree)
    found, means = summarise(pedigree, living), mean_kinship(kinship, living)
    table = rank_pairs(
        pedigree,
        kinship,
        living,
        known_fraction(pedigree),
        sires=living & (pedigree.sex == MALE),
        dams=living & (pedigree.sex == FEMALE),
    )
    places = {
        (pedigree.ids[sire], pedigree.ids[dam]): at
        for at, (sire, dam) in enumerate(zip(table.sire, table.dam, strict=True))
    }
    pairs = []
    for each in lines.pairs:
        if (place := places.get((each.sire, each.dam))) is not None:
            pair = table.pair(place)
            pairs.append(
                {"sire": each.sire, "dam": each.dam, "delta_gd": pair.delta_gd, "f": pair.f_offspring}
            )
    return {
        "population": {
            "living": found.living,
            "gene_diversity": found.gene_diversity,
            "mean_kinship": found.mean_kinship,
            "founder_genome_equivalents": found.founder_genome_equivalents,
        },
        "mean_kinships": {
            number: float(value)
            for number, value, alive in zip(pedigree.ids, means, living, strict=True)
            if alive
        },
        "pairs": pairs,
    }


def _record(row: list[Any]) -> Record:
    number, sex, _, sire_kind, sire, dam_kind, dam = row
    return Record(number, _parent(sire_kind, sire), _parent(dam_kind, dam), SEX_CODES[Animal.Sex(sex)])


def _parent(kind: str, number: str | None) -> Any:
    if kind == ParentKind.KNOWN:
        return number
    return KIND_CODES.get(ParentKind(kind), UNKNOWN)
