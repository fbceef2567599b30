from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from studbook.accounts.rights import Right
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.record_lists import RecordList
from studbook.transfers.columns import TRANSFER_COLUMNS
from studbook.transfers.filters import TransferFilterForm
from studbook.transfers.queries import DEFAULT_ORDER, ORDERS, ordered, rows_of, transfers_of, waiting_rows

TRANSFERS = RecordList(
    page=ListPage.TRANSFERS,
    template="transfers/list.html",
    title="Transfers",
    noun="transfer",
    nouns="transfers",
    none_yet=(
        "No transfer is in the book yet. "
        "A transfer begins with a proposal by the coordinator, the sender or the receiver."
    ),
    columns=TRANSFER_COLUMNS,
    form=TransferFilterForm,
    found=lambda programme, form, order: ordered(form.narrowed(transfers_of(programme)), order),
    rows=rows_of,
    orders=ORDERS,
    usual_order=DEFAULT_ORDER,
)


@programme_view
def transfers(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List what waits for the person first, then all."""
    standing = standing_in(request)
    waiting, may_propose = waiting_rows(programme, standing), standing.has_somewhere(Right.MOVE)
    return TRANSFERS.shown(request, programme, waiting=waiting, may_propose=may_propose)


@programme_view
def transfers_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return TRANSFERS.csv(request, programme)


@programme_view
def transfers_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return TRANSFERS.xlsx(request, programme)
