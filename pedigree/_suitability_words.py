"""The mate-suitability index of a pair, told in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pedigree.suitability import DASH, HARMS, WORST, PairSuitability

MEANINGS: Final = {
    1: "very beneficial",
    2: "beneficial",
    3: "slightly beneficial",
    4: "slightly detrimental",
    5: "detrimental",
    6: "very detrimental",
    DASH: "not without advice",
}
BANDS: Final = ("best", "middle", "lowest")


def suitability_sentence(suitability: PairSuitability) -> str:
    """Return why a pair has its index, in a sentence or two.

    Parameters
    ----------
    suitability :   One pair of `mate_suitability`.

    Returns
    -------
    What the change in gene diversity gives, and which rules added to it; for a dash, why it is one.

    Notes
    -----
    Changes have five decimals, kinships four, as on the pages; the index itself is made of the full numbers.

    Examples
    --------
    >>> from pedigree.mating import Pair
    >>> from pedigree.suitability import PUBLISHED
    >>> pair = Pair("1", "4", 0.0, 0.1875, 0.125, 0.0625, -0.0025, 0.0)
    >>> suitability_sentence(PairSuitability(5, 4, 0, 3, 1, 0, 0, False, False, pair, 0.1875, 0.0442, PUBLISHED))
    '5, detrimental: a change in gene diversity of −0.00250 is in the best band of those not above zero, which gives 4; 1 more for mean kinships 0.0625 apart (over 0.0442).'
    """
    head = f"{suitability.index or 'A dash'}, {MEANINGS[suitability.index]}: "
    if suitability.band == 0:
        return f"{head}the numbers of this pair cannot be measured."
    if suitability.is_dash:
        return f"{head}{' and '.join(_why_dash(suitability))}."
    reasons = [_band(suitability), *_additions(suitability)]
    if sum(_steps(suitability), suitability.band) > WORST:
        reasons.append(f"{WORST} is the worst there is")
    return f"{head}{'; '.join(reasons)}."


def _band(told: PairSuitability) -> str:
    side = "above zero" if told.band < HARMS else "not above zero"
    change = f"{told.pair.delta_gd:+.5f}".replace("-", "−")
    which = BANDS[(told.band - 1) % len(BANDS)]
    return f"a change in gene diversity of {change} is in the {which} band of those {side}, which gives {told.band}"


def _steps(told: PairSuitability) -> tuple[int, int, int]:
    return told.difference_step, told.inbreeding_step, told.unknown_step


def _additions(told: PairSuitability) -> Iterator[str]:
    pair, limits = told.pair, told.thresholds
    if told.difference_step:
        over = limits.mk_deviations * told.mk_deviation
        yield f"1 more for mean kinships {pair.mk_difference:.4f} apart (over {over:.4f})"
    if step := told.inbreeding_step:
        over = (limits.inbreeding, limits.high_inbreeding)[step - 1] * told.mean_kinship
        yield f"{step} more for an inbreeding of {pair.f_offspring:.4f} (over {over:.4f})"
    if step := told.unknown_step:
        over = (limits.unknown, limits.much_unknown)[step - 1]
        yield f"{step} more for {pair.unknown_ancestry:.1%} of unknown ancestry (over {over:.1%})"


def _why_dash(told: PairSuitability) -> Iterator[str]:
    pair, limits = told.pair, told.thresholds
    if told.too_close:
        yield f"the young's inbreeding of {pair.f_offspring:.4f} reaches the limit of {limits.inbreeding_limit:.4f}"
    if told.too_unknown:
        yield f"{pair.unknown_ancestry:.1%} of the young's ancestry is unknown, {limits.too_unknown:.1%} or more"
