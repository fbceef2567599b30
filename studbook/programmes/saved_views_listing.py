"""What every list page shows beside its rows: the columns chosen, the views kept, what is carried along."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.lists import COLUMNS, Chosen, Columns, Row, ShownLine
from studbook.programmes.access import may_in
from studbook.programmes.models import ListPage, Programme, SavedView
from studbook.programmes.saved_views_forms import ChangedViewForm, SavedViewForm

VIEW, PLAIN = "view", "plain"
LONGEST_SHOWN = 4000


@dataclass(slots=False)
class Listing:
    """One list as a person sees it. `chosen` is None where a list has columns of its own."""

    request: HttpRequest
    programme: Programme
    page: ListPage
    chosen: Chosen[Any] | None
    views: tuple[SavedView, ...]
    may_share: bool

    @property
    def first_view(self) -> SavedView | None:
        """The view to open, where the bare address of the list was asked for."""
        if self.request.GET:
            return None
        return next((view for view in self.own if view.opens_first), None)

    @cached_property
    def own(self) -> list[SavedView]:
        return [view for view in self.views if view.user_id == self.request.user.pk]

    @property
    def opened(self) -> SavedView | None:
        asked = self.request.GET.get(VIEW, "")
        return next((view for view in self.views if str(view.pk) == asked), None)

    @property
    def needs(self) -> frozenset[str]:
        return self.chosen.needs if self.chosen else frozenset()

    def lines(self, rows: Iterable[Any]) -> list[ShownLine[Any]]:
        """Return the rows of this page in the columns chosen."""
        return self.chosen.lines(rows) if self.chosen else []

    @property
    def plain_url(self) -> str:
        """The list without filters, also for those who open it with a view of their own."""
        return f"{self.url}?{VIEW}={PLAIN}" if any(view.opens_first for view in self.own) else self.url

    @property
    def url(self) -> str:
        return reverse(self.page, args=[self.programme.code])

    @property
    def query(self) -> str:
        """What a view would keep of this address."""
        asked = self.request.GET.copy()
        for name in ("page", VIEW):
            asked.pop(name, None)
        return asked.urlencode()[:LONGEST_SHOWN]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The filters and the order, for a form that changes the columns only."""
        asked = self.request.GET
        return [
            (key, value)
            for key in asked
            if key not in ("page", VIEW, COLUMNS)
            for value in asked.getlist(key)
        ]

    @property
    def save_form(self) -> SavedViewForm:
        form = SavedViewForm(auto_id="new_view_%s", initial={"page": self.page, "query": self.query})
        if not self.may_share:
            del form.fields["shared"]
        return form

    @property
    def change_forms(self) -> list[tuple[SavedView, ChangedViewForm]]:
        return [(view, self._change_form(view)) for view in self.own]

    @property
    def to_remove(self) -> list[SavedView]:
        """The shared views of others, which the coordinator may remove."""
        return [view for view in self.views if view not in self.own] if self.may_share else []

    def _change_form(self, view: SavedView) -> ChangedViewForm:
        shown = {"view": view.pk, "opened_version": view.version, "query": self.query, "name": view.name}
        shown |= {"opens_first": view.opens_first, "shared": view.shared}
        form = ChangedViewForm(auto_id=f"view_{view.pk}_%s", initial=shown)
        if not (self.may_share or view.shared):
            del form.fields["shared"]
        return form


def listing_of(
    request: HttpRequest, programme: Programme, page: ListPage, columns: Columns[Row] | None = None
) -> Listing:
    """Return what a list page shows beside its rows; one query."""
    views = programme.saved_views.filter(page=page).open_to(cast(User, request.user))
    for view in (kept := tuple(views)):
        view.programme = programme
    chosen = columns.chosen(request.GET.getlist(COLUMNS)) if columns else None
    return Listing(request, programme, page, chosen, kept, may_in(request, Right.SETTLE))
