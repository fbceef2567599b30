from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from studbook.accounts.rights import Right
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.record_lists import RecordList
from studbook.reproduction.pairings.columns import PAIRING_COLUMNS
from studbook.reproduction.pairings.filters import PairingFilterForm
from studbook.reproduction.pairings.queries import DEFAULT_ORDER, ORDERS, ordered, pairings_of

PAIRINGS = RecordList(
    page=ListPage.PAIRINGS,
    template="reproduction/pairings/list.html",
    title="Breeding pairs",
    noun="pair",
    nouns="pairs",
    none_yet=(
        "No pair is in the book yet. "
        "A pair begins when a male and a female of one place are introduced to each other."
    ),
    columns=PAIRING_COLUMNS,
    form=PairingFilterForm,
    found=lambda programme, form, order: ordered(form.narrowed(pairings_of(programme)), order),
    orders=ORDERS,
    usual_order=DEFAULT_ORDER,
    file_name="breeding-pairs",
)


@programme_view
def pairings(request: HttpRequest, programme: Programme) -> HttpResponse:
    return PAIRINGS.shown(request, programme, may_log=standing_in(request).has_somewhere(Right.LOG))


@programme_view
def pairings_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return PAIRINGS.csv(request, programme)


@programme_view
def pairings_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return PAIRINGS.xlsx(request, programme)
