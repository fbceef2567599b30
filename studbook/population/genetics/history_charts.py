"""The charts of the history: small ones over the same years, so that the eye can go from one to the other."""

from collections.abc import Sequence

from pedigree.history import HistoryRow
from studbook.population.curves import Chart
from studbook.population.genetics.chart import Series, line_chart
from studbook.population.numbers import or_none
from studbook.programmes.models import Programme


def history_charts(programme: Programme, rows: Sequence[HistoryRow]) -> list[Chart]:
    """Return the charts that have something to show."""
    if not rows:
        return []
    days = [row.on for row in rows]
    goal = programme.gene_diversity_goal
    charts = [
        line_chart("Animals", days, _series(rows, all="living", males="males", females="females"), _whole),
        line_chart(
            "Gene diversity",
            days,
            _series(rows, GD="gene_diversity", known="known_gene_diversity"),
            _share,
            least=None,
            most=1.0,
            goal=(goal, f"goal {_share(goal)}"),
        ),
        line_chart(
            "Mean kinship and inbreeding", days, _series(rows, MK="mean_kinship", F="mean_inbreeding"), _fine
        ),
        line_chart(
            "Founders",
            days,
            _series(rows, founders="founders", FE="founder_equivalents", FGE="founder_genome_equivalents"),
            _tenth,
        ),
        line_chart(
            "Effective size by animals, Ne/N", days, _series(rows, **{"Ne/N": "effective_ratio"}), _two
        ),
        line_chart("Ancestry known", days, _series(rows, known="known"), _share, most=1.0),
    ]
    return [chart for chart in charts if chart]


def _series(rows: Sequence[HistoryRow], **columns: str) -> list[Series]:
    return [Series(words, [or_none(getattr(row, name)) for row in rows]) for words, name in columns.items()]


def _whole(value: float) -> str:
    return f"{value:.0f}"


def _tenth(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _two(value: float) -> str:
    return f"{value:.2f}"


def _fine(value: float) -> str:
    return f"{value:.3f}"


def _share(value: float) -> str:
    return f"{100 * value:.1f}".removesuffix(".0") + " %"
