"""The overview's lines on what the effective size leaves of gene diversity in years to come."""

from collections.abc import Iterator
from math import isfinite, nan

from pedigree.goals import projected_gene_diversity, years_until_gene_diversity
from pedigree.summary import Summary
from studbook.core.templatetags.studbook import NOTHING, percent
from studbook.population.genetics.figures_totals import Totals
from studbook.population.genetics.overview_lines import Line
from studbook.programmes.models import Programme

LEAST_SIZE = 0.5
NO_RATE = "It needs living breeders of both sexes and a generation interval."


def future(programme: Programme, summary: Summary, totals: Totals) -> Iterator[Line]:
    """Yield the gene diversity after the programme's years, and how long its goal is kept."""
    size = summary.effective_size if summary.effective_size > LEAST_SIZE else nan
    interval = totals.intervals.everyone.mean
    interval = interval if interval > 0 else nan
    now, known = summary.gene_diversity, summary.known_only.gene_diversity
    goal, years = programme.gene_diversity_goal, programme.goal_years
    yield Line(
        f"Gene diversity in {years} years",
        "gene-diversity-projection",
        percent(projected_gene_diversity(now, size, years, interval), 2),
        percent(projected_gene_diversity(known, size, years, interval), 2),
        "What stays if Ne by breeders and T stay what they are, without imports.",
        NO_RATE,
    )
    yield Line(
        f"Years until {percent(goal, 0)}",
        "gene-diversity-projection",
        _whole(years_until_gene_diversity(goal, now, size, interval)),
        _whole(years_until_gene_diversity(goal, known, size, interval)),
        "How long the goal is kept at that rate, in whole years; 0 when it is not kept now.",
        NO_RATE,
    )


def _whole(years: float) -> str:
    return f"{int(years):,}" if isfinite(years) else NOTHING
