"""What the pages of baskets read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from studbook.core.keys import key_of, keys_of
from studbook.population.analysis import NoFiguresError
from studbook.population.basis import Basis
from studbook.population.baskets.moves import MoveList, moves_of
from studbook.population.baskets.proposals import Proposal, best_next, candidates_after
from studbook.population.baskets.reckoning import Reckoning, reckoned
from studbook.population.breeders import Breeder
from studbook.population.models import Basket, BasketQuerySet
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Opened:
    """A basket on a basis; without figures `reason` says why, and the rest is empty."""

    basket: Basket
    reckoning: Reckoning | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BasketPage:
    """All that the page of one basket shows; `left_out` are of breeding age, and in no proposal for they cannot breed today."""

    opened: Opened
    lists: Sequence[MoveList] = ()
    proposals: Sequence[Proposal] = ()
    left_out: Sequence[Breeder] = ()


def opened(basis: Basis, basket: Basket) -> Opened:
    """Return a basket, fetched whole, on a basis; no query once the analysis is kept."""
    try:
        return Opened(basket, reckoned(basis, list(basket.steps.all())))
    except NoFiguresError as refusal:
        return Opened(basket, reason=refusal.sentence)


def page_of(basis: Basis, basket: Basket) -> BasketPage:
    """Return the page of a basket, fetched whole; four queries, five where somebody is counted who does not live."""
    found = opened(basis, basket)
    if found.reckoning is None:
        return BasketPage(found)
    candidates = candidates_after(found.reckoning)
    proposals = best_next(found.reckoning, candidates)
    return BasketPage(found, moves_of(found.reckoning), proposals, candidates.left_out)


def baskets_of(programme: Programme) -> BasketQuerySet:
    """Return the baskets of a programme, whole, those in use first."""
    baskets: BasketQuerySet = programme.baskets.all()
    return baskets.whole().order_by("archived_at", "name", "id")


def standing_in(programme: Programme) -> list[Basket]:
    """Return the baskets something can be added to; one query."""
    return list(programme.baskets.standing().select_related("programme"))


def baskets_named(programme: Programme, words: Sequence[str], *, most: int) -> list[Basket]:
    """Return the standing baskets that are named by key, in that order, whole. Raises Http404 where one is not there."""
    words = list(dict.fromkeys(words))[: most + 1]
    if len(words) > most:
        raise Http404(f"{most} baskets can be set side by side at most.")
    keys = list(dict.fromkeys(keys_of(words)))
    found = {each.pk: each for each in baskets_of(programme).standing().filter(pk__in=keys)}
    if len(found) < len(keys) or None in map(key_of, words):
        raise Http404("One of these baskets is not there, or is archived.")
    return [found[key] for key in keys]
