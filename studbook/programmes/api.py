"""What every endpoint of the API shares: the programme of its address, fetched with permission."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from rest_framework import generics, permissions, serializers
from rest_framework.response import Response
from rest_framework.views import exception_handler

from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.findings import Finding, RuleError, UnacknowledgedError
from studbook.core.once import answered_once
from studbook.programmes.access import programme_of
from studbook.programmes.models import Programme


class ProgrammeEndpoint(generics.GenericAPIView[Any]):
    """An endpoint below /api/programmes/<code>/; the table of rights has answered before it is called."""

    @property
    def programme(self) -> Programme:
        """The programme of the address, as the table of rights let the person in."""
        return programme_of(self.request._request)

    @property
    def thing(self) -> Any:
        """What the table of rights asked about: the animal or transfer that the address names."""
        return self.request._request.thing  # type: ignore[attr-defined]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; what is sent again with its `Idempotency-Key` gets the first answer and has one effect."""
        return answered_once(
            request, lambda: super(ProgrammeEndpoint, self).dispatch(request, *args, **kwargs)
        )


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    class Meta:
        model = Programme
        fields = ["code", "name", "taxon", "common_name", "scope", "synthetic", "current_to", "revision"]


class ProgrammeList(generics.ListAPIView[Programme]):
    """The programmes the signed-in person may read."""

    permission_classes = (permissions.IsAuthenticated,)
    serializer_class = ProgrammeSerializer

    def get_queryset(self) -> Any:
        return Programme.objects.visible_to(self.request.user).order_by("code")  # type: ignore[arg-type]


def rules_in_words(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return what rules say of a deed, as the API tells it."""
    return [
        {"code": each.code, "level": each.level, "animals": each.animals, "sentence": each.sentence}
        for each in findings
    ]


def refusal_in_words(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer a refusal with its sentence, its field and what the rules say; the rest as the framework does."""
    if not isinstance(error, StudbookError):
        return exception_handler(error, context)
    body: dict[str, Any] = {"detail": error.sentence, "field": error.field}
    body |= getattr(error, "details", {})
    if isinstance(error, RuleError):
        body["rules"] = rules_in_words(error.findings)
    if isinstance(error, UnacknowledgedError):
        body["acknowledge"] = sorted({each.code for each in error.findings})
    if isinstance(error, StaleRecordError):
        body |= {"version": error.version, "differences": [asdict(each) for each in error.differences]}
    return Response(body, status=error.status)
