"""How the pairs of a book spread over the index, by its own thresholds and by the published ones."""

from dataclasses import dataclass

from pedigree.suitability import PUBLISHED, WORST, Thresholds, mate_suitability
from studbook.core.errors import StudbookError
from studbook.population.analysis import Analysis
from studbook.population.basis import Basis, analysis_on
from studbook.population.pairs import PairList, pairs_of
from studbook.population.suitability.thresholds import thresholds_of


@dataclass(frozen=True, slots=True)
class Share:
    """How many pairs have one index, 0 for the dash, and which part of all that is."""

    index: int
    count: int
    part: float


@dataclass(frozen=True, slots=True)
class Spread:
    """The pairs of a book by their index under some thresholds."""

    title: str
    shares: tuple[Share, ...]
    total: int


def spreads_of(basis: Basis) -> list[Spread]:
    """Return the spread by the programme's thresholds, and by the published ones where these are others.

    None at all where the book cannot be analysed: the thresholds can be set all the same.
    """
    try:
        analysis = analysis_on(basis)
    except StudbookError:
        return []
    pairs, own = pairs_of(basis.programme, analysis), thresholds_of(basis.programme)
    if own == PUBLISHED:
        return [_spread("As published", pairs, analysis, PUBLISHED)]
    return [
        _spread("This programme", pairs, analysis, own),
        _spread("As published", pairs, analysis, PUBLISHED),
    ]


def _spread(title: str, pairs: PairList, analysis: Analysis, thresholds: Thresholds) -> Spread:
    means = analysis.mean_kinships[analysis.measured]
    counts, total = mate_suitability(pairs.table, means, thresholds).counts(), pairs.total
    order = (*range(1, WORST + 1), 0)
    return Spread(
        title, tuple(Share(each, counts[each], counts[each] / max(total, 1)) for each in order), total
    )
