"""A pair's page: put a litter of it into a basket."""

from django.http import HttpRequest

from studbook.accounts.rights import Right
from studbook.core.panels import Context
from studbook.population.baskets.forms import NEW, PairForm
from studbook.population.baskets.queries import standing_in
from studbook.population.explanation import PairExplanation
from studbook.programmes.access import may_in, programme_of


def pair_into_basket(request: HttpRequest, pair: PairExplanation) -> Context | None:
    """Fill the panel for those who plan; nothing where the pair has no numbers."""
    if pair.refusal or not may_in(request, Right.PLAN):
        return None
    programme = programme_of(request)
    baskets = standing_in(programme)
    initial = {
        "sire": pair.sire.studbook_number,
        "dam": pair.dam.studbook_number,
        "basket": baskets[0].pk if baskets else NEW,
    }
    form = PairForm(initial=initial, baskets=baskets, auto_id="basket_%s")
    return {"programme": programme, "form": form, "query": request.GET.urlencode()}
