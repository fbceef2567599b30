from datetime import date

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from studbook.programmes.access import programme_view
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.record_lists import RecordList
from studbook.reproduction.pregnancies.columns import PREGNANCY_COLUMNS
from studbook.reproduction.pregnancies.filters import PregnancyFilterForm
from studbook.reproduction.pregnancies.queries import (
    DEFAULT_ORDER,
    ORDERS,
    PregnancyRow,
    ordered,
    pregnancies_of,
    rows_of,
)


@programme_view
def pregnancies(request: HttpRequest, programme: Programme) -> HttpResponse:
    return _list_on(timezone.localdate()).shown(request, programme)


@programme_view
def pregnancies_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return _list_on(timezone.localdate()).csv(request, programme)


@programme_view
def pregnancies_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return _list_on(timezone.localdate()).xlsx(request, programme)


def _list_on(today: date) -> RecordList[PregnancyRow]:
    return RecordList(
        page=ListPage.PREGNANCIES,
        template="reproduction/pregnancies/list.html",
        title="Pregnancies",
        noun="pregnancy",
        nouns="pregnancies",
        none_yet=(
            "No pregnancy is in the book yet. "
            "One is started on the page of a mating, of an insemination, or of the female."
        ),
        columns=PREGNANCY_COLUMNS,
        form=PregnancyFilterForm,
        found=lambda programme, form, order: ordered(form.narrowed(pregnancies_of(programme), today), order),
        rows=lambda found: rows_of(found, today),
        orders=ORDERS,
        usual_order=DEFAULT_ORDER,
    )
