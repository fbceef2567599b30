"""What the report says of the whole population."""

from studbook.core.templatetags.studbook import coefficient, decimals, percent
from studbook.institutions.models import Institution
from studbook.planning.figures import PopulationFigures
from studbook.planning.report_text import Fact, day_words
from studbook.planning.wording import counted


def census(figures: PopulationFigures) -> str:
    """Return the living as males.females.unknown."""
    return ".".join(str(int(figures.analysis.living_of_sex(sex).sum())) for sex in "MFU")


def holders(figures: PopulationFigures) -> int:
    """Count the institutions that hold a living animal of the programme; one query."""
    held = Institution.objects.filter(
        holdings__end__isnull=True,
        holdings__animal__programme=figures.programme,
        holdings__animal__status="living",
    )
    return held.distinct().count()


def summary(figures: PopulationFigures, recommended: int, institution: Institution | None) -> str:
    """Return the population and the plan in one paragraph."""
    return f"{_population(figures)} {_plan(recommended, institution)}"


def population_facts(figures: PopulationFigures) -> tuple[Fact, ...]:
    """Return the population's figures; empty when nobody lives."""
    found = figures.analysis.summary
    if found is None:
        return ()
    return (
        Fact("Living animals (m.f.u)", f"{found.living} ({census(figures)})"),
        Fact("Gene diversity", percent(found.gene_diversity, 2)),
        Fact("Mean kinship", coefficient(found.mean_kinship)),
        Fact("Founder genome equivalents", decimals(found.founder_genome_equivalents)),
        Fact("Mean inbreeding", coefficient(found.mean_inbreeding)),
        Fact("Founders represented", str(found.founders)),
        Fact("Ancestry known", percent(found.known)),
        Fact("Gene diversity within the known ancestry", percent(found.known_only.gene_diversity, 2)),
    )


def _population(figures: PopulationFigures) -> str:
    found, programme = figures.analysis.summary, figures.programme
    if found is None:
        return figures.analysis.reason
    return (
        f"On {day_words(programme.as_of)} {programme} counts {found.living} living animals ({census(figures)}, males.females.unknown sex) at "
        f"{counted(holders(figures), 'institution')}. They keep {percent(found.gene_diversity, 2)} of the gene diversity "
        f"of their founders, as much as {decimals(found.founder_genome_equivalents)} unrelated founders would; the mean "
        f"kinship is {coefficient(found.mean_kinship)}, the mean inbreeding {coefficient(found.mean_inbreeding)}. "
        f"{counted(found.founders, 'founder')} are represented, and {percent(found.known)} of the ancestry is known."
    )


def _plan(recommended: int, institution: Institution | None) -> str:
    place = f" that concern animals at {institution}" if institution else ""
    if not recommended:
        return f"At present the coordinator recommends no pairs{place}."
    return f"The coordinator recommends {counted(recommended, 'pair')}{place}."
