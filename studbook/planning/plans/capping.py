"""The pairs of a plan of which one is above the cap of a lineage: told before the plan goes out (rule D12)."""

from studbook.animals.models import Animal
from studbook.core.findings import REJECT, WARN, Finding
from studbook.planning.models import Plan
from studbook.planning.plans.lines import PairLine, PlanLines
from studbook.population.basis import Basis, analysis_on
from studbook.population.genetics.lineage_caps import Caps, capped_lineages, caps_of
from studbook.programmes.models import Programme

CODE = "D12"


def above_caps(programme: Programme, plan: Plan | None, sire: Animal, dam: Animal) -> tuple[str, ...]:
    """Return a sentence for each cap that a pair is above on the basis of its plan; two queries, three with a cap."""
    names = {each.studbook_number: str(each) for each in (sire, dam)}
    return caps_on(programme, plan).of_pair(sire.studbook_number, dam.studbook_number, names)


def caps_on(programme: Programme, plan: Plan | None) -> Caps:
    """Return the caps on the basis of a plan; without a cap the book is not analysed."""
    lineages = capped_lineages(programme)
    if not lineages:
        return Caps({})
    overlays = tuple(plan.overlays.order_by("pk")) if plan else ()
    return caps_of(programme, analysis_on(Basis(programme, overlays)), lineages)


def findings_of_caps(plan: Plan, lines: PlanLines) -> list[Finding]:
    """Return what is to be read of the pairs above a cap, and refused where nobody said why they breed."""
    if not lines.pairs:
        return []
    caps, names = caps_on(plan.programme, plan), {each.number: each.words for each in lines.animals}
    return [
        _finding(pair, sentence, names)
        for pair in lines.pairs
        for sentence in caps.of_pair(pair.sire, pair.dam, names)
    ]


def _finding(pair: PairLine, sentence: str, names: dict[str, str]) -> Finding:
    said = f"{names.get(pair.sire, pair.sire)} × {names.get(pair.dam, pair.dam)}: {sentence}"
    numbers = pair.sire, pair.dam
    if not pair.caps_reason:
        remedy = "Nobody has said why the pair should breed all the same. Write why, or withdraw it."
        return Finding(CODE, REJECT, numbers, f"{said} {remedy}")
    return Finding(CODE, WARN, numbers, f"{said} It breeds all the same: {pair.caps_reason}")
