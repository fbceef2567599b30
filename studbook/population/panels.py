"""What the population's numbers say of an animal or an institution, on pages of the rooms below."""

from dataclasses import dataclass

from django.http import HttpRequest

from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.core.panels import Context
from studbook.institutions.models import Institution
from studbook.population.analysis import Analysis, analysis_of, genetics_of
from studbook.population.basis import analysis_on, basis_of
from studbook.population.breeders import holders_of
from studbook.population.genetics.lineage_caps import caps_of
from studbook.population.pairs import pairs_with
from studbook.population.quality import problems_of
from studbook.programmes.access import programme_of

FIRST_MATES, BEST_MATES = 5, 10


@dataclass(frozen=True, slots=True)
class Held:
    """A living animal of an institution beside its mean kinship and rank."""

    animal: Animal
    mean_kinship: float
    rank: int
    ranked: int


def animal_genetics(request: HttpRequest, animal: Animal) -> Context:
    """Fill the panel of an animal's genetics, as recorded or under the overlays its page is asked for with."""
    programme = programme_of(request)
    context: Context = {"programme": programme, "animal": animal}
    problems = [each for each in problems_of(programme) if animal.studbook_number in each.animals]
    context |= {"problem_count": len(problems)}
    try:
        basis = basis_of(request, programme)
        analysis = analysis_on(basis)
    except StudbookError as refusal:
        return context | {"refusal": refusal.sentence}
    context |= {"genetics": genetics_of(analysis, animal.studbook_number), "summary": analysis.summary}
    context["above_caps"] = (
        caps_of(programme, analysis).of(animal.studbook_number) if animal.is_living else ()
    )
    return context | {"basis": basis, "no_mates": _why_none(animal, analysis.sex_of_animal(animal))}


def animal_mates(request: HttpRequest, animal: Animal) -> Context | None:
    """Fill the panel of the best mates of a living animal of known sex; the panel of its genetics says why not."""
    programme = programme_of(request)
    try:
        basis = basis_of(request, programme)
        analysis = analysis_on(basis)
    except StudbookError:
        return None
    if _why_none(animal, analysis.sex_of_animal(animal)):
        return None
    ranked = pairs_with(programme, analysis, animal.studbook_number)
    best = ranked[:BEST_MATES]
    return {
        "programme": programme,
        "basis": basis,
        "animal": animal,
        "first": best[:FIRST_MATES],
        "further": best[FIRST_MATES:],
        "total": ranked.total,
        "breeder": ranked.breeders.get(animal.studbook_number),
    }


def _why_none(animal: Animal, sex: Animal.Sex) -> str:
    if not animal.is_living:
        return f"This animal is {animal.get_status_display()}: it has no mean kinship among the living, no rank and no mates."
    if sex == Animal.Sex.UNKNOWN:
        return "Its sex is not known, so no mates can be ranked."
    return ""


def institution_genetics(request: HttpRequest, institution: Institution) -> Context | None:
    """Fill the panel of the living animals an institution holds, the rarest genes first."""
    programme = programme_of(request)
    here = [pk for pk, holder in holders_of(programme).items() if holder == institution]
    if not here:
        return None
    try:
        analysis = analysis_of(programme)
    except StudbookError as refusal:
        return {"programme": programme, "refusal": refusal.sentence}
    held = [_held(analysis, animal) for animal in programme.animals.filter(pk__in=here)]
    rows = sorted((each for each in held if each), key=lambda each: each.mean_kinship)
    return {"programme": programme, "rows": rows, "summary": analysis.summary}


def _held(analysis: Analysis, animal: Animal) -> Held | None:
    genetics = genetics_of(analysis, animal.studbook_number)
    if genetics.mean_kinship is None or genetics.rank is None or genetics.ranked is None:
        return None
    return Held(animal, genetics.mean_kinship, genetics.rank, genetics.ranked)
