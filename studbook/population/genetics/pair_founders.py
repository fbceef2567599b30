"""What a young of a pair would do to the founders: whose genes it brings more of, whose it thins out."""

from dataclasses import dataclass

from pedigree.founders import founder_table
from studbook.animals.models import Animal
from studbook.population.basis import Basis, analysis_on
from studbook.population.genetics.founder_figure import DifferenceBar, difference_bar
from studbook.population.genetics.founders import FounderRow, founders_on

FIRST = 10  # the largest changes, shown at once
SHOWN = 5e-6  # a change that is not nought when shown


@dataclass(frozen=True, slots=True)
class FounderGain:
    """A founder: its share of the young, and by how much the young changes its share of the living population."""

    founder: FounderRow
    young: float
    change: float

    @property
    def towards_target(self) -> bool | None:
        """Whether its share comes nearer to its target; None without a target or a change to be seen."""
        if self.founder.difference is None or self.unchanged:
            return None
        return abs(self.founder.difference + self.change) < abs(self.founder.difference)

    @property
    def unchanged(self) -> bool:
        """Whether the change is too small to be seen in its digits."""
        return abs(self.change) < SHOWN

    @property
    def points(self) -> str:
        """The change in hundredths, its sign always."""
        points = round(100 * self.change, 3)
        return f"{points:+.3f}".replace("-", "−") if points else "0.000"

    @property
    def words(self) -> str:
        if self.unchanged:
            return "hardly changed"
        verb = "gained" if self.change > 0 else "diluted"
        if self.towards_target is None:
            return verb
        return f"{verb}, {'towards' if self.towards_target else 'away from'} target"


@dataclass(frozen=True, slots=True)
class FounderGains:
    """Every founder of the living, the most gained first. Without targets `reason` says why.

    `young_below` and `living_below` are the shares of genes of founders that give the living less than their target.
    """

    rows: list[FounderGain]
    living: int
    reason: str

    @property
    def first(self) -> list[tuple[FounderGain, DifferenceBar]]:
        return [pair for pair in self._drawn() if abs(pair[0].change) >= self._least_shown()]

    @property
    def rest(self) -> list[tuple[FounderGain, DifferenceBar]]:
        return [pair for pair in self._drawn() if abs(pair[0].change) < self._least_shown()]

    @property
    def gained(self) -> int:
        return sum(row.change > 0 and not row.unchanged for row in self.rows)

    @property
    def young_below(self) -> float | None:
        return None if self.reason else sum(row.young for row in self._below())

    @property
    def living_below(self) -> float | None:
        return None if self.reason else sum(row.founder.contribution for row in self._below())

    def _below(self) -> list[FounderGain]:
        return [row for row in self.rows if (row.founder.difference or 0.0) < 0]

    def _least_shown(self) -> float:
        changes = sorted((abs(row.change) for row in self.rows), reverse=True)
        return changes[FIRST - 1] if len(changes) > FIRST else 0.0

    def _drawn(self) -> list[tuple[FounderGain, DifferenceBar]]:
        most = max((abs(row.change) for row in self.rows), default=0.0)
        return [(row, difference_bar(row.change, most)) for row in self.rows]


def founder_gains(basis: Basis, sire: Animal, dam: Animal) -> FounderGains:
    """Return what one young of two living animals does; one query beside those of the figures.

    Raises NoFiguresError where a figure is impossible.
    """
    analysis, told = analysis_on(basis), founders_on(basis, known_only=False)
    pedigree, living = analysis.pedigree, int(analysis.living.sum())
    # A young has half its genes of each, so its shares are those of a population of the two.
    table = founder_table(pedigree, pedigree.mask([sire.studbook_number, dam.studbook_number]))
    young = dict(zip(table.labels(pedigree), table.contribution.tolist(), strict=True))
    rows = [
        FounderGain(row, young[row.label], (young[row.label] - row.contribution) / (living + 1))
        for row in told.rows
    ]
    return FounderGains(sorted(rows, key=lambda row: -round(row.change, 12)), living, told.reason)
