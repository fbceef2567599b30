"""What the population can reach: gene diversity in years to come, the births that a size needs. As the page of goals reckons it."""

from typing import Any

from pedigree.goals import gene_diversity_by_year
from studbook.planning.paper.plain import columns_of
from studbook.planning.paper.remade import Remade
from studbook.population.basis import Basis
from studbook.population.demography.goals.forms import GoalForm
from studbook.population.demography.goals.measured import Measured, measured_of
from studbook.population.demography.goals.reckoning import HELD, Reckoning, reckoned

HORIZONS = (5, 10)
TEN_GENERATIONS = 10


def goals_figures(book: Remade) -> dict[str, Any]:
    """Return the courses of gene diversity, and the births wanted to hold the size and to reach the target."""
    measured = measured_of(
        book.analysis.summary, book.chosen, book.tables, book.vital, target=book.programme.target_size
    )
    found = {years: _reckoned(book, measured, years) for years in HORIZONS}
    first = found[HORIZONS[0]]
    return {
        "goal": first.goal,
        "years": first.goal_years,
        "target": measured.target,
        "size": measured.size,
        "assumed": columns_of(measured, "growth", "ratio", "interval", "litter"),
        "no_diversity": first.no_diversity,
        "courses": [columns_of(each, "course", "gene_diversity", "sizes") for each in first.kept],
        "projected": _projected(first, measured),
        "no_births": first.no_births,
        "births": [
            {"years": years} | columns_of(each, "course", "growth", "mean", "by_year", "sizes", "females")
            for years, reckoning in found.items()
            for each in reckoning.wanted
            if each.course != HELD or years == HORIZONS[0]
        ],
    }


def _reckoned(book: Remade, measured: Measured, years: int) -> Reckoning:
    form = GoalForm({"years": str(years)}, measured=measured, rate_sets=[])
    if not form.is_valid():
        raise ValueError(f"The numbers that goals rest on cannot be read: {form.errors.as_text()}")
    return reckoned(book.programme, Basis(book.programme), form)


def _projected(reckoning: Reckoning, measured: Measured) -> dict[str, Any] | None:
    held = next((each for each in reckoning.kept if each.course == HELD), None)
    grown = next((each for each in reckoning.kept if each.course != HELD), None)
    if held is None:
        return None
    return {
        "years_to_goal": held.years,
        "years_to_loss": held.to_loss,
        "at_the_end": held.at_the_end,
        "ten_generations": _ten_generations(measured),
        "grown_at_the_end": grown.at_the_end if grown else None,
    }


def _ten_generations(measured: Measured) -> float | None:
    summary, ratio, interval = measured.summary, measured.ratio, measured.interval
    if summary is None or ratio is None or interval is None:
        return None
    years = round(TEN_GENERATIONS * interval)
    found = gene_diversity_by_year(summary.gene_diversity, ratio, measured.size, interval, years)
    return float(found.gene_diversity[-1])
