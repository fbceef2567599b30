from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from studbook.programmes.access import programme_view
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.record_lists import RecordList
from studbook.reproduction.procedures.columns import PROCEDURE_COLUMNS
from studbook.reproduction.procedures.filters import ProcedureFilterForm
from studbook.reproduction.procedures.queries import DEFAULT_ORDER, ORDERS, ordered, procedures_of
from studbook.reproduction.procedures.telling import story_of

PROCEDURES = RecordList(
    page=ListPage.PROCEDURES,
    template="reproduction/procedures/list.html",
    title="Procedures",
    noun="procedure",
    nouns="procedures",
    none_yet="No procedure is in the book yet. One is logged on the page of its animal, under Log.",
    columns=PROCEDURE_COLUMNS,
    form=ProcedureFilterForm,
    found=lambda programme, form, order: ordered(form.narrowed(procedures_of(programme)), order),
    rows=story_of,
    orders=ORDERS,
    usual_order=DEFAULT_ORDER,
)


@programme_view
def procedures(request: HttpRequest, programme: Programme) -> HttpResponse:
    return PROCEDURES.shown(request, programme)


@programme_view
def procedures_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return PROCEDURES.csv(request, programme)


@programme_view
def procedures_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return PROCEDURES.xlsx(request, programme)
