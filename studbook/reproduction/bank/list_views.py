from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from studbook.accounts.rights import Right
from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.lists import order_from
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.record_lists import RecordList
from studbook.reproduction.bank.codes import printed
from studbook.reproduction.bank.columns import DEFAULT_ORDER, LEDGER_COLUMNS, ORDERS, SAMPLE_COLUMNS
from studbook.reproduction.bank.filters import EVERY, SampleFilterForm, ordered
from studbook.reproduction.bank.stock import ledgers_of, stock_by_donor, stores_of, totals_of
from studbook.reproduction.models import Sample

PAGE = 50
MOST_LABELS = 240

SAMPLES = RecordList(
    page=ListPage.SAMPLES,
    template="reproduction/bank/samples.html",
    title="Samples",
    noun="sample",
    nouns="samples",
    none_yet=(
        "Nothing is stored yet. "
        "A sample is entered from a semen collection, or by itself if it is an older one."
    ),
    columns=SAMPLE_COLUMNS,
    form=SampleFilterForm,
    found=lambda programme, form, order: _narrowed(programme, form, order),
    orders=ORDERS,
    usual_order=DEFAULT_ORDER,
)


@programme_view
def bank(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show what is left of each donor, and of all."""
    stock = stock_by_donor(programme)
    page = Paginator(stock, PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "totals": totals_of(stock),
        "may_store": _may_store(request),
    }
    return render(request, "reproduction/bank/bank.html", context)


@programme_view
def samples(request: HttpRequest, programme: Programme) -> HttpResponse:
    return SAMPLES.shown(request, programme, may_store=_may_store(request))


@programme_view
def samples_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return SAMPLES.csv(request, programme)


@programme_view
def samples_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return SAMPLES.xlsx(request, programme)


@programme_view
def sample_ledger_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return csv_download(csv_of(_ledger_table(request, programme)), f"{programme.code}-sample-ledger")


@programme_view
def sample_ledger_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return xlsx_download(_ledger_table(request, programme), f"{programme.code}-sample-ledger", "ledger")


@programme_view
def sample_find(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Open the sample whose label was scanned or written; the list of those like it where none is just that."""
    label = request.GET.get("label", "").strip()
    form = SampleFilterForm({"label": label, "state": EVERY}, programme=programme)
    if label and form.is_valid():
        exact = programme.samples.filter(label__iexact=label).first()
        found = [exact] if exact else list(_narrowed(programme, form, DEFAULT_ORDER)[:2])
        if len(found) == 1:
            return redirect(found[0])
    asked = {"label": label, "state": EVERY}
    return redirect(f"{reverse('samples', args=[programme.code])}?{urlencode(asked)}")


@programme_view
def bank_places(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show what stands where: institution, tank, canister, position."""
    stores = stores_of(programme)
    asked = request.GET.get("institution", "")
    shown = [each for each in stores if str(each.institution.pk) == asked] or stores
    context = {"programme": programme, "stores": stores, "shown": shown, "asked": asked}
    return render(request, "reproduction/bank/places.html", context)


@programme_view
def sample_labels(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show a sheet of labels of the samples that a filter finds, ready to be printed."""
    form = SampleFilterForm(request.GET, programme=programme)
    found = _narrowed(programme, form, order_from(request.GET, ORDERS, DEFAULT_ORDER))
    total = found.count()
    labels = [printed(each) for each in found[:MOST_LABELS]]
    context = {"programme": programme, "form": form, "labels": labels, "total": total}
    return render(request, "reproduction/bank/labels.html", context)


def _narrowed(programme: Programme, form: SampleFilterForm, order: str) -> QuerySet[Sample]:
    return ordered(form.narrowed(Sample.objects.whole().filter(programme=programme)), order)


def _ledger_table(request: HttpRequest, programme: Programme) -> Table:
    return LEDGER_COLUMNS.exported([]).table(ledgers_of(SAMPLES.narrowed(request, programme)).iterator())


def _may_store(request: HttpRequest) -> bool:
    return standing_in(request).has_somewhere(Right.LOG)
