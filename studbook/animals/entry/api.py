"""Writing down what happened, for other programs: the same forms as the pages, the same sentences."""

from functools import partial
from typing import Any, cast

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from studbook.accounts.models import User
from studbook.animals.entry.api_schema import body_of
from studbook.animals.entry.api_words import told
from studbook.animals.entry.entry_kind import EntryKind
from studbook.animals.entry.kinds import KINDS, kind_of, kinds_without_animal
from studbook.core.errors import StudbookError
from studbook.core.forms import EntryForm, findings_in
from studbook.programmes.access import standing_in
from studbook.programmes.api import ProgrammeEndpoint, rules_in_words
from studbook.programmes.sent import fields_of, refuse_unknown


class UnreadableEntryError(StudbookError):
    """What was sent does not fill the form; `details` say at which fields, in sentences, and which rules say so."""

    def __init__(self, form: EntryForm) -> None:
        problems = {name: list(map(str, each)) for name, each in form.errors.items()}
        first = next(iter(problems))
        super().__init__(problems[first][0], field=None if first == "__all__" else first)
        self.details = {"fields": problems, "rules": rules_in_words(findings_in(form))}


class EntryEndpoint(ProgrammeEndpoint):
    """Shared by both endpoints; each entry is answered with what it made."""

    needs_animal: bool

    def written(self, request: Request, kind: str, **about: Any) -> Response:
        entry_kind = kind_of(kind, needs_animal=self.needs_animal)
        if entry_kind is None:
            raise Http404(f"There is no kind of entry {kind} here.")
        form = self._form(request, entry_kind, **about)
        if not form.is_valid():
            raise UnreadableEntryError(form)
        subject = about.get("animal") or self.programme
        made = partial(entry_kind.deed, subject, by=cast(User, request.user))(**form.deed_data)
        return Response(told(made), status=201)

    def _form(self, request: Request, kind: EntryKind, **about: Any) -> EntryForm:
        data = fields_of(request.data)
        standing, user = standing_in(request._request), cast(User, request.user)
        form = kind.form_class(
            data, request.FILES, programme=self.programme, standing=standing, user=user, **about
        )
        refuse_unknown(form, data)
        return form


@extend_schema(request=body_of(KINDS.values()), responses={201: OpenApiTypes.OBJECT})
class LogEvent(EntryEndpoint):
    """Write down something of an animal; the fields are those of the page's form."""

    needs_animal = True

    def post(self, request: Request, kind: str, **_: Any) -> Response:
        return self.written(request, kind, animal=self.thing)


@extend_schema(request=body_of(kinds_without_animal()), responses={201: OpenApiTypes.OBJECT})
class LogNew(EntryEndpoint):
    """Write down an animal that is new to the book; the fields are those of the page's form."""

    needs_animal = False

    def post(self, request: Request, kind: str, **_: Any) -> Response:
        return self.written(request, kind)
