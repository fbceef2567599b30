from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.errors import StudbookError
from studbook.population.bank.figure import animal_figure
from studbook.population.bank.next import NextRow, bank_order, in_parts
from studbook.population.bank.next_exports import next_table
from studbook.population.bank.next_forms import NextForm
from studbook.population.bank.next_words import SPANS, reason_of
from studbook.population.basis import Basis, basis_of
from studbook.population.breeders import holders_of
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme

UNREADABLE = "The filter of this export cannot be read. Set it again on the page of whom to bank next."
Told = list[tuple[NextRow, str]]


@programme_view
def bank_next(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the living in the order in which to bank them; a filter that cannot be read shows none and says what is wrong."""
    basis = basis_of(request, programme)
    form = _form(request, programme)
    context = {"programme": programme, "basis": basis, "form": form}
    if form.is_valid():
        found = bank_order(basis, form.asked)
        shown = form.narrowed(found.rows)
        parts = in_parts(shown)
        context |= {
            "found": found,
            "span": SPANS[form.asked.years],
            "figure": animal_figure((str(row.animal), row.expected) for row in shown),
        }
        context |= {
            name: _told(rows, form.asked.years)
            for name, rows in zip(("chosen", "rest", "common"), parts, strict=True)
        }
    return render(request, "population/bank/next.html", context)


@programme_view
def bank_next_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    basis = basis_of(request, programme)
    return csv_download(csv_of(_table(request, basis)), basis.file_name("bank-next"))


@programme_view
def bank_next_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    return xlsx_download(_table(request, basis), basis.file_name("bank-next"), "animals")


def _form(request: HttpRequest, programme: Programme) -> NextForm:
    # A default that is chosen stands in its field, so that the field tells it.
    usual = {"sex": "M", "years": "1", "enough": "1"}
    return NextForm({**usual, **request.GET.dict()}, holders=holders_of(programme).values())


def _table(request: HttpRequest, basis: Basis) -> Table:
    form = _form(request, basis.programme)
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    return next_table(form.narrowed(bank_order(basis, form.asked).rows), form.asked.years)


def _told(rows: list[NextRow], years: int) -> Told:
    return [(row, reason_of(row, years)) for row in rows]
