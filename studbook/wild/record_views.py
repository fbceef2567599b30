"""The pages of records of the wild, the same for every kind of them: the list and its files, a record, its forms."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from studbook.accounts.rights import Right
from studbook.animals.correcting.forms import corrected
from studbook.animals.correcting.pages import person
from studbook.core.forms import DONE, attempted, posted
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme
from studbook.programmes.record_lists import RecordList
from studbook.wild.forms import WhyForm, opened
from studbook.wild.history import history_of
from studbook.wild.kinds import ListKind, RecordKind
from studbook.wild.needs import tally_of
from studbook.wild.queries import releases_of
from studbook.wild.recording import add_record, edit_record, strike_out


@programme_view
def records(request: HttpRequest, programme: Programme, kind: ListKind) -> HttpResponse:
    may_write = may_in(request, Right.WILD)
    return _list_of(request, programme, kind).shown(request, programme, kind=kind, may_write=may_write)


@programme_view
def records_csv(request: HttpRequest, programme: Programme, kind: ListKind) -> StreamingHttpResponse:
    return _list_of(request, programme, kind).csv(request, programme)


@programme_view
def records_xlsx(request: HttpRequest, programme: Programme, kind: ListKind) -> HttpResponse:
    return _list_of(request, programme, kind).xlsx(request, programme)


@programme_view
def record(request: HttpRequest, programme: Programme, kind: RecordKind, pk: int) -> HttpResponse:
    found = record_of(programme, kind, pk)
    strike_form = WhyForm(initial={"opened_version": found.version}, auto_id="strike_%s")
    return _record_page(request, programme, kind, found, strike_form, DONE)


@programme_view
def record_new(request: HttpRequest, programme: Programme, kind: RecordKind) -> HttpResponse:
    form, status = _form(request, programme, kind.form), DONE
    if form.is_bound:
        made, status = attempted(form, partial(add_record, kind.model, programme, by=person(request)))
        if made:
            messages.success(request, f"The {kind.noun} {made} is in the book.")
            return redirect(made)
    return render(
        request, "wild/new.html", {"programme": programme, "kind": kind, "form": form}, status=status
    )


@programme_view
def record_edit(request: HttpRequest, programme: Programme, kind: RecordKind, pk: int) -> HttpResponse:
    found, status = record_of(programme, kind, pk), DONE
    form: Any = _form(request, programme, kind.edit_form, initial=opened(found, kind.edit_form))
    if form.is_bound:
        status = corrected(form, partial(edit_record, found, by=person(request)))
        if status == DONE:
            messages.success(request, f"The {kind.noun} {record_of(programme, kind, pk)} is changed.")
            return redirect(found)
    context = {"programme": programme, "kind": kind, "form": form, "record": found}
    return render(request, "wild/edit.html", context, status=status)


@programme_view
def record_strike(request: HttpRequest, programme: Programme, kind: RecordKind, pk: int) -> HttpResponse:
    found, form = record_of(programme, kind, pk), WhyForm(request.POST, auto_id="strike_%s")
    status = corrected(form, partial(strike_out, found, by=person(request)))
    if status == DONE:
        messages.success(
            request, f"The {kind.noun} {found} is struck out. It stays in the book, and counts no more."
        )
        return redirect(found)
    return _record_page(request, programme, kind, record_of(programme, kind, pk), form, status)


def sees_places(request: HttpRequest) -> bool:
    return may_in(request, Right.PLACES)


def record_of(programme: Programme, kind: ListKind, pk: int) -> Any:
    """Return a record of a programme by its key, with its programme."""
    found = kind.rows(programme, kind.usual_order).filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no such {kind.noun} in this programme.")
    return _of(programme, [found])[0]


def _of(programme: Programme, found: Any) -> list[Any]:
    # Their pages' addresses name the programme, which is at hand.
    rows = list(found)
    for row in rows:
        getattr(row, "site", row).programme = programme
    return rows


def _record_page(
    request: HttpRequest,
    programme: Programme,
    kind: RecordKind,
    found: Any,
    strike_form: WhyForm,
    status: int,
) -> HttpResponse:
    sees, may_write = sees_places(request), may_in(request, Right.WILD)
    context = {"programme": programme, "kind": kind, "record": found, "sees_places": sees}
    context |= {"deeds": history_of(found, with_places=sees), "may_write": may_write}
    context |= {"strike_form": strike_form if kind.can_be_struck and may_write else None}
    if not kind.can_be_struck:
        context |= {"releases": list(releases_of(programme).filter(site=found)), "tally": tally_of(found)}
    return render(request, f"wild/{kind.one}.html", context, status=status)


def _list_of(request: HttpRequest, programme: Programme, kind: ListKind) -> RecordList[Any]:
    return kind.listed(partial(_of, programme), sees_places=sees_places(request))


def _form(request: HttpRequest, programme: Programme, form_class: type[Any], **kwargs: Any) -> Any:
    return form_class(posted(request), programme=programme, with_places=sees_places(request), **kwargs)
