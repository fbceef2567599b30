"""What a program sends, read into the form of the page: what it leaves out stays as it is."""

from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from studbook.animals.correcting.forms import CorrectionForm
from studbook.animals.models import Animal, Event, Observation
from studbook.core.errors import StudbookError
from studbook.core.etags import version_matched
from studbook.core.forms import findings_in
from studbook.programmes.api import rules_in_words

ALWAYS = ("reason", "acknowledged")


def opened_version(request: Request, record: Animal | Event | Observation) -> int:
    """Return the version of a record that a program read, from `If-Match`."""
    return version_matched(request.headers.get("If-Match"), record.version)


def bound_to(
    form: type[CorrectionForm], opened: Mapping[str, Any], told: Mapping[str, Any], version: int
) -> dict[str, Any]:
    """Return what to bind a form to: the record as it is, with what was told over it."""
    allowed = {*form.FIRST, *ALWAYS}
    for name in told:
        if name not in allowed:
            known = ", ".join((*form.FIRST, *ALWAYS))
            raise StudbookError(f"“{name}” cannot be corrected here. Send some of: {known}.", field=str(name))
    values = {**opened, **told, "opened_version": version}
    return {name: "" if value is None else value for name, value in values.items()}


def refused_form(form: CorrectionForm) -> Response:
    """Answer a form that cannot be read: the first sentence, its field, and all of them."""
    errors = {name: [str(each) for each in found] for name, found in form.errors.items()}
    field, sentences = next(iter(errors.items()))
    body = {"detail": sentences[0], "field": None if field == "__all__" else field, "errors": errors}
    return Response(body | {"rules": rules_in_words(findings_in(form))}, status=400)
