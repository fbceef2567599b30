"""A reason to start from, in the same sentences that explain the pair."""

from itertools import islice

from studbook.planning.figures import explained
from studbook.population.explanation import PairExplanation
from studbook.population.sentences import pair_sentences
from studbook.programmes.models import Programme

EFFECT_AND_INBREEDING = 2


def suggested_reason(programme: Programme, pair: PairExplanation) -> str:
    """Return a reason from a pair's numbers. Empty above the inbreeding limit: there a person must find the words."""
    if explained(pair).above_limit:
        return ""
    return " ".join(islice(pair_sentences(programme, pair), EFFECT_AND_INBREEDING))
