"""The figures of the population in groups, as the overview shows them: both conventions, and what each one means."""

from collections.abc import Iterator

from pedigree.summary import Summary
from studbook.core.templatetags.studbook import coefficient, decimals, percent
from studbook.population.genetics.figures import Figures
from studbook.population.genetics.figures_totals import Totals
from studbook.population.genetics.overview_future import future
from studbook.population.genetics.overview_lines import Group, Line, with_error
from studbook.population.genetics.overview_sizes import generations, sizes
from studbook.programmes.models import Programme

UNRETAINED = "A founder that contributes was retained in no drop, so the quotient is not defined."


def groups_of(programme: Programme, figures: Figures) -> list[Group]:
    """Return the groups of figures; none when nobody lives."""
    summary, totals = figures.analysis.summary, figures.totals
    if summary is None or totals is None:
        return []
    return [
        Group("Diversity, now and possible", list(_diversity(programme, figures, summary, totals))),
        Group("Founders", list(_founders(figures, summary, totals))),
        Group("Inbreeding", list(_inbreeding(figures, summary))),
        Group("How well the pedigree is known", list(_quality(figures, summary, totals))),
        Group("Effective size", list(sizes(summary, totals))),
        Group("Generations", list(generations(totals))),
        Group("In years to come", list(future(programme, summary, totals))),
    ]


def _diversity(programme: Programme, figures: Figures, summary: Summary, totals: Totals) -> Iterator[Line]:
    known, now, alone = summary.known_only, totals.retained, totals.known_retained
    goal = percent(programme.gene_diversity_goal, 0)
    yield Line(
        "Gene diversity (GD)",
        "gene-diversity",
        percent(summary.gene_diversity, 2),
        percent(known.gene_diversity, 2),
        f"The share of the source population's diversity that the living hold. The goal is {goal}.",
        page="genetic_history",
    )
    yield Line(
        "Potential gene diversity",
        "potential-gene-diversity",
        percent(now.potential_gene_diversity, 2),
        percent(alone.potential_gene_diversity, 2),
        "What the living could hold if every surviving founder gene were equally common: a ceiling that is never reached.",
        figures.undropped,
    )
    yield Line(
        "Mean kinship (MK)",
        "mean-kinship",
        coefficient(summary.mean_kinship),
        coefficient(known.mean_kinship),
        "How related two of the living are on average, and the inbreeding to come if they mated at random.",
        page="mean_kinships",
    )
    yield Line(
        "Gene value",
        "gene-value",
        percent(totals.gene_value, 2),
        "",
        f"The gene diversity of the young still to come. {figures.values.sentence}",
        reason="Nobody living is expected to breed any more, so there is nothing to weigh.",
    )
    yield Line(
        "Founder genome equivalents (FGE)",
        "founder-genome-equivalents",
        decimals(summary.founder_genome_equivalents),
        decimals(known.founder_genome_equivalents),
        "How many unrelated founders would hold as much diversity as the living do.",
    )


def _founders(figures: Figures, summary: Summary, totals: Totals) -> Iterator[Line]:
    known, now, alone = summary.known_only, totals.retained, totals.known_retained
    yield Line(
        "Founders represented",
        "founder-contribution",
        str(summary.founders),
        str(known.founders),
        "Founders that still have living descendants, or live.",
        page="founders",
    )
    yield Line(
        "Founder equivalents (FE)",
        "founder-equivalents",
        decimals(summary.founder_equivalents),
        decimals(known.founder_equivalents),
        "How many founders, contributing equally, would give the same founder diversity.",
    )
    yield Line(
        "Founder genomes surviving",
        "founder-genomes-surviving",
        with_error(now.founder_genomes_surviving, now.surviving_error, 3),
        with_error(alone.founder_genomes_surviving, alone.surviving_error, 3),
        "How many founder genomes are still somewhere among the living.",
        figures.undropped,
    )
    yield Line(
        "FGE of 1989, by gene drop",
        "founder-genome-equivalents-1989",
        decimals(now.founder_genome_equivalents_1989),
        decimals(alone.founder_genome_equivalents_1989),
        "An older number under a similar name: contributions weighed by what was retained of each founder.",
        reason=figures.undropped or UNRETAINED,
    )
    yield Line(
        "Effective ancestors (fa)",
        "effective-ancestors",
        decimals(totals.effective_ancestors),
        "",
        "As founder equivalents, with bottlenecks counted: few ancestors through whom most genes passed make it small.",
    )


def _inbreeding(figures: Figures, summary: Summary) -> Iterator[Line]:
    analysis = figures.analysis
    living = analysis.living
    yield Line(
        "Mean inbreeding (F)",
        "inbreeding",
        coefficient(summary.mean_inbreeding),
        coefficient(summary.known_only.mean_inbreeding),
        "How likely the two genes of a living animal are copies of one ancestor's gene; founders left out.",
        reason="Only founders live, and a founder has no inbreeding to measure.",
    )
    yield Line(
        "Highest inbreeding",
        "inbreeding",
        coefficient(float(analysis.inbreeding[living].max())),
        "",
        "The largest F among the living.",
        page="mean_kinships",
        query="order=-inbreeding",
    )
    yield Line(
        "Mean ancestral inbreeding",
        "ancestral-inbreeding",
        coefficient(float(figures.ancestral[living].mean())),
        "",
        "How much of the genomes was inbred in some ancestor before: where harmful genes may have been purged.",
    )


def _quality(figures: Figures, summary: Summary, totals: Totals) -> Iterator[Line]:
    yield Line(
        "Ancestry known",
        "known-fraction",
        percent(summary.known),
        "",
        "The share of the living's genomes traced to wild founders, several possible parents included.",
        page="quality",
    )
    yield Line(
        "Ancestry certain",
        "certain-fraction",
        percent(float(figures.certain[figures.analysis.living].mean())),
        "",
        "The same, where one of several possible parents counts as not known.",
    )
    yield Line(
        "Equivalent complete generations",
        "equivalent-generations",
        decimals(totals.equivalents),
        "",
        "How many full generations of recorded ancestors an average living animal has.",
    )
