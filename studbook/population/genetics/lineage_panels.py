"""What the caps on lineages say of a pair, on its page."""

from dataclasses import dataclass

from django.http import HttpRequest

from studbook.core.errors import StudbookError
from studbook.core.panels import Context
from studbook.population.basis import analysis_on, basis_of
from studbook.population.explanation import PairExplanation
from studbook.population.genetics.lineage_carriers import above_cap
from studbook.population.genetics.lineages import LineageShare, lineage_shares
from studbook.programmes.access import programme_of


@dataclass(frozen=True, slots=True)
class Forecast:
    """A lineage's share in the two of a pair and in their young, which is the mean of the two."""

    told: LineageShare
    sire: float
    dam: float
    sire_above: bool
    dam_above: bool
    young_above: bool

    @property
    def young(self) -> float:
        return (self.sire + self.dam) / 2


def pair_lineages(request: HttpRequest, pair: PairExplanation) -> Context | None:
    """Fill the panel of the lineages watched; nothing where there are none, or no numbers of the pair."""
    programme = programme_of(request)
    if pair.refusal:
        return None
    try:
        basis = basis_of(request, programme)
        pedigree, told = analysis_on(basis).pedigree, lineage_shares(basis)
    except StudbookError:
        return None
    rows = pedigree.row(pair.sire.studbook_number), pedigree.row(pair.dam.studbook_number)
    forecasts = [_forecast(each, *rows) for each in told]
    if not forecasts:
        return None
    return {"programme": programme, "basis": basis, "pair": pair, "forecasts": forecasts}


def _forecast(told: LineageShare, sire: int, dam: int) -> Forecast:
    shares, cap = (float(told.share[sire]), float(told.share[dam])), told.lineage.cap
    return Forecast(
        told, *shares, above_cap(shares[0], cap), above_cap(shares[1], cap), above_cap(sum(shares) / 2, cap)
    )
