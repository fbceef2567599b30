"""A reason to start from, in the same sentences that explain the pair."""

from collections.abc import Iterator
from itertools import islice

from django.utils import timezone

from studbook.core.templatetags.studbook import percent
from studbook.planning.chances.fitted import Fitted
from studbook.planning.chances.queries import bars_of, chance_of
from studbook.planning.figures import explained
from studbook.population.basis import Basis
from studbook.population.explanation import PairExplanation
from studbook.population.pair.told import ages_of, together_sentence
from studbook.population.sentences import pair_sentences
from studbook.programmes.models import Programme

EFFECT_AND_INBREEDING = 2
SELDOM = 0.05  # of births: an age that a reader must be told of


def suggested_reason(programme: Programme, pair: PairExplanation, fitted: Fitted) -> str:
    """Return a reason from a pair's numbers. Empty above the inbreeding limit: there a person must find the words."""
    if explained(pair).above_limit:
        return ""
    sentences = [
        *islice(pair_sentences(programme, pair), EFFECT_AND_INBREEDING),
        *_prospects(programme, pair, fitted),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _prospects(programme: Programme, pair: PairExplanation, fitted: Fitted) -> Iterator[str]:
    """Yield what speaks for and against young of theirs: seldom ages, time together, the chance."""
    basis = Basis(programme)
    for each in ages_of(basis, pair):
        if each.births_at_least is not None and each.births and each.births_at_least < SELDOM * each.births:
            yield each.sentence
    yield together_sentence(pair, timezone.localdate())
    yield _chance(pair, fitted)


def _chance(pair: PairExplanation, fitted: Fitted) -> str:
    bars, found = bars_of(explained(pair)), chance_of(fitted, pair)
    if found is None:
        return f"No chance of young is told: {'; '.join(bars)}."
    estimate = found.first.estimate
    ends = f"{percent(estimate.low, 0)} to {percent(estimate.high, 0)}"
    basis = ", mostly the published rate of all programmes" if estimate.mostly_prior else ""
    told = f"chance of young within a plan is {percent(estimate.chance, 0)} ({ends}{basis})."
    return f"{'; '.join(bars)}. By a banked sample the {told}" if bars else f"The {told}"
