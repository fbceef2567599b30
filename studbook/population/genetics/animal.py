"""Everything the genetics page of one animal shows, of the living and of the dead."""

from collections.abc import Iterator
from dataclasses import dataclass

from pedigree.depth import completeness
from pedigree.known import known_inbreeding
from pedigree.lineage import known_fraction
from studbook.animals.models import Animal
from studbook.core.templatetags.studbook import coefficient, decimals, percent
from studbook.population.basis import Basis
from studbook.population.genetics.animal_founders import FounderShare, founder_shares
from studbook.population.genetics.animal_loops import loops_of
from studbook.population.genetics.animal_what_if import Step, steps_of
from studbook.population.genetics.figures import Figures, figures_on
from studbook.population.genetics.loops import Loops
from studbook.population.genetics.means import TITLES, offspring_counts
from studbook.population.genetics.overview_lines import Group, Line
from studbook.population.genetics.uniqueness import uniqueness_of

GENERATIONS = 6
DEAD = "The animal is not among the living measured, so it has none."


@dataclass(frozen=True, slots=True)
class Complete:
    """How much of one generation of ancestors is recorded, from 0 to 1."""

    generation: int
    share: float

    @property
    def bar(self) -> float:
        return round(100 * self.share, 1)


@dataclass(frozen=True, slots=True)
class AnimalPage:
    """The page of an animal; `steps` is empty for one that is not living. `dropped` tells whether genes could be dropped."""

    animal: Animal
    offspring: int
    groups: list[Group]
    completeness: list[Complete]
    founders: list[FounderShare]
    loops: Loops
    steps: list[Step]
    dropped: bool


def animal_page(basis: Basis, animal: Animal) -> AnimalPage:
    """Read the page; five queries beside those of figures not kept yet."""
    programme, figures, number = basis.programme, figures_on(basis), animal.studbook_number
    return AnimalPage(
        animal,
        int(offspring_counts(figures.analysis)[figures.analysis.pedigree.row(number)]),
        [Group("", list(_lines(figures, animal)))],
        _completeness(figures, number),
        founder_shares(programme, figures, number),
        loops_of(programme, figures.analysis, animal),
        steps_of(programme, figures.analysis, number),
        figures.drop is not None,
    )


def _completeness(figures: Figures, number: str) -> list[Complete]:
    pedigree = figures.analysis.pedigree
    own = pedigree.pruned_to_ancestors(pedigree.mask([number]))
    shares = completeness(own, generations=GENERATIONS)[own.row(number)].tolist()
    return [Complete(generation, share) for generation, share in enumerate(shares, start=1)]


def _lines(figures: Figures, animal: Animal) -> Iterator[Line]:
    analysis, number = figures.analysis, animal.studbook_number
    row = analysis.pedigree.row(number)
    yield from _kinships(figures, animal, row)
    yield from _inbreedings(figures, number, row)
    yield from _uniqueness(figures, row)
    yield from _ancestry(figures, row)
    kin = figures.first_order_kin[row]
    yield Line(
        "First-order kin equivalents (FOKE)",
        "first-order-kin",
        decimals(kin, 2),
        "",
        "How many offspring or full sibs would hold as many copies of its genes as its living relatives do.",
        DEAD,
    )


def _kinships(figures: Figures, animal: Animal, row: int) -> Iterator[Line]:
    analysis, number = figures.analysis, animal.studbook_number
    if not analysis.living[row]:
        yield Line("Mean kinship (MK)", "mean-kinship", coefficient(None), "", "", DEAD, "mean_kinships")
        return
    among = analysis.population.row(number)
    same = analysis.measured & (analysis.population.sex == analysis.population.sex[among])
    mean = analysis.summary.mean_kinship if analysis.summary else None
    sex = analysis.sex_of(number)
    title = "of unknown sex" if sex == Animal.Sex.UNKNOWN else TITLES[sex].lower()
    yield Line(
        "Mean kinship (MK)",
        "mean-kinship",
        coefficient(float(analysis.mean_kinships[among])),
        coefficient(float(figures.known_mean_kinships[among])),
        f"Rank {analysis.rank[among]} of {same.sum()} living {title}, the rarest genes first. The population's mean is {coefficient(mean)}.",
        page="mean_kinships",
    )
    yield Line(
        "Kinship value (KV)",
        "kinship-value",
        coefficient(float(figures.kinship_values[among])),
        "",
        f"Mean kinship to the living, those more that will leave more young. {figures.values.sentence}",
        "Nobody living is within the breeding ages.",
    )


def _inbreedings(figures: Figures, number: str, row: int) -> Iterator[Line]:
    analysis = figures.analysis
    own = analysis.pedigree.pruned_to_ancestors(analysis.pedigree.mask([number]))
    known = float(known_inbreeding(own, known_fraction(own))[own.row(number)])
    yield Line(
        "Inbreeding (F)",
        "inbreeding",
        coefficient(float(analysis.inbreeding[row])),
        coefficient(known),
        "How likely its two genes at a place are copies of one ancestor's gene.",
    )
    yield Line(
        "Ancestral inbreeding",
        "ancestral-inbreeding",
        coefficient(float(figures.ancestral[row])),
        "",
        "How much of its genome was inbred in some ancestor before (Ballou).",
    )


def _uniqueness(figures: Figures, row: int) -> Iterator[Line]:
    own = uniqueness_of(figures.drop, row)
    for label, value, error, among in (
        ("Genome uniqueness (GU)", own.value, own.error, "no other living animal"),
        (
            "GU among descendants",
            own.descendants,
            own.descendants_error,
            "no other living animal, founders passed over",
        ),
    ):
        words = coefficient(value) if value is None else f"{coefficient(value)} ± {coefficient(error)}"
        reason = figures.undropped if figures.analysis.living[row] else DEAD
        yield Line(label, "genome-uniqueness", words, "", f"How likely a gene of it is in {among}.", reason)


def _ancestry(figures: Figures, row: int) -> Iterator[Line]:
    known, certain = float(figures.analysis.known[row]), float(figures.certain[row])
    yield Line(
        "Ancestry known",
        "known-fraction",
        percent(known),
        "",
        "Traced to wild founders, possible parents included.",
    )
    yield Line(
        "Ancestry certain",
        "certain-fraction",
        percent(certain),
        "",
        "One of several possible parents counts as not known.",
    )
    yield Line(
        "Equivalent complete generations",
        "equivalent-generations",
        decimals(float(figures.equivalents[row])),
        "",
        "Full generations of recorded ancestors.",
    )
