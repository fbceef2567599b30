"""The population's numbers as a plan needs them: the same analysis, the same ranking as the population's pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.population.analysis import Analysis
from studbook.population.bank.sires import Stored, stored_of, with_stored
from studbook.population.basis import Basis, analysis_on
from studbook.population.breeders import Breeder
from studbook.population.explanation import PairExplanation
from studbook.population.genetics.lineage_caps import Caps, caps_of
from studbook.population.models import Overlay
from studbook.population.pairs import PairList, PairRow, only_pair, pairs_of
from studbook.population.wider import analysis_with
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class PairFigures:
    """One pair today: its numbers, and its place among the breedable pairs (None: not one of them, or of a dead donor).

    `above_caps` tells in sentences which of the two lies above the cap of a lineage.
    """

    row: PairRow
    rank: int | None
    rank_of: int
    above_caps: tuple[str, ...] = ()

    @property
    def delta_gd(self) -> float:
        return self.row.numbers.delta_gd

    @property
    def f_offspring(self) -> float:
        return self.row.numbers.f_offspring

    @property
    def mk_sire(self) -> float:
        return self.row.numbers.mk_sire

    @property
    def mk_dam(self) -> float:
        return self.row.numbers.mk_dam

    @property
    def above_limit(self) -> bool:
        return self.row.above_limit

    @property
    def breeders(self) -> tuple[Breeder, Breeder]:
        return self.row.sire, self.row.dam


@dataclass(frozen=True, slots=True, eq=False)
class PopulationFigures:
    """A programme's analysis with its ranked pairs, read once for a page or a report."""

    basis: Basis
    analysis: Analysis
    ranked: PairList
    caps: Caps

    @property
    def programme(self) -> Programme:
        return self.basis.programme

    def pair(self, sire: Animal, dam: Animal, stored: Stored | None = None) -> PairFigures | None:
        """Return a pair's numbers, breedable or not; None unless both are of opposite sexes and living, or a dead sire is in store.

        One query for a dead sire, none with what is in store.
        """
        numbers, analysis = (sire.studbook_number, dam.studbook_number), self.analysis
        breeders = self.ranked.breeders
        donor = None if sire.is_living else stored_of(sire) if stored is None else stored.get(numbers[0])
        if donor:
            analysis = analysis_with(self.basis, numbers[:1])
            breeders = with_stored(breeders, {numbers[0]: donor})
        rows = only_pair(self.programme, analysis, breeders, *numbers)
        if not len(rows):
            return None
        names = {each.studbook_number: str(each) for each in (sire, dam)}
        above = self.caps.of_pair(*numbers, names)
        rank = None if donor else self.ranked.rank_of(*numbers)
        return PairFigures(rows[0], rank, self.ranked.total, above)


def figures_of(programme: Programme, overlays: Sequence[Overlay] = ()) -> PopulationFigures:
    """Return a programme's figures, as recorded or under overlays.

    Four queries beside those of an analysis that is not kept yet, three where nothing is capped.
    """
    basis = Basis(programme, tuple(overlays))
    analysis = analysis_on(basis)
    return PopulationFigures(basis, analysis, pairs_of(programme, analysis), caps_of(programme, analysis))


def pair_figures(
    programme: Programme, sire: Animal, dam: Animal, overlays: Sequence[Overlay] = ()
) -> PairFigures:
    """Return the numbers of one pair of living animals, as recorded or under overlays."""
    figures = figures_of(programme, overlays).pair(sire, dam)
    if figures is None:
        under = f" under {' and '.join(map(str, overlays))}" if overlays else ""
        raise StudbookError(
            f"{sire} × {dam} has no numbers{under}: both must be living and not excluded, a male and a female. Open the pair again."
        )
    return figures


def explained(pair: PairExplanation) -> PairRow:
    """Return the numbers of an explained pair, or refuse with the reason why it has none."""
    if pair.row is None:
        raise StudbookError(pair.refusal or f"{pair.sire} × {pair.dam} has no numbers. Open the pair again.")
    return pair.row
