"""Transfers for other programs: the same steps, forms and sentences as the pages."""

from functools import partial
from typing import Any, cast

from django.forms import Form
from django.http import Http404, QueryDict
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.forms import findings_in
from studbook.programmes.access import standing_in
from studbook.programmes.api import ProgrammeEndpoint, rules_in_words
from studbook.programmes.sent import fields_of, refuse_unknown
from studbook.transfers.filters import TransferFilterForm
from studbook.transfers.forms import ProposeForm
from studbook.transfers.machine import STEPS
from studbook.transfers.models import Transfer
from studbook.transfers.offers import offers_of, places_of_person
from studbook.transfers.proposing import propose
from studbook.transfers.queries import DEFAULT_ORDER, ordered, transfers_of
from studbook.transfers.sides import parties_of, waiting_for
from studbook.transfers.step_forms import step_form
from studbook.transfers.stepping import take_step

# A step that asks for no version, or of which it is clear for whom it is, may be told all the same.
TOLD_OF_EVERY_STEP = {"opened_version", "acting_for"}


class TransferSerializer(serializers.ModelSerializer[Transfer]):
    """A transfer; its documents are given to its parties on the pages only."""

    sender = serializers.CharField(source="sender.mnemonic")
    receiver = serializers.CharField(source="receiver.mnemonic")
    animals = serializers.SerializerMethodField()
    arrival = serializers.CharField(allow_null=True)
    overdue = serializers.SerializerMethodField()

    class Meta:
        model = Transfer
        fields = [
            *("id", "state", "sender", "receiver", "animals", "terms", "young", "young_note", "note"),
            *("proposed_at", "state_since", "due_on", "overdue", "lapses_on", "planned_on", "sent_on"),
            *("arrival", "exit_reason", "counterpart", "replaced_by", "version"),
        ]

    def get_animals(self, transfer: Transfer) -> list[str]:
        return [line.animal.studbook_number for line in transfer.lines.all() if not line.left_out]

    def get_overdue(self, transfer: Transfer) -> bool:
        return transfer.is_overdue(timezone.localdate())


class TransferEndpoint(ProgrammeEndpoint):
    serializer_class = TransferSerializer
    queryset = Transfer.objects.none()  # for the schema alone
    filter_backends = ()

    def done(self, form: Form, deed: Any) -> Any:
        """Do a deed with what was sent; a form that cannot be read is refused with its sentences."""
        refuse_unknown(form, self.sent().keys() - TOLD_OF_EVERY_STEP)
        if not form.is_valid():
            raise refusal_of(form)
        return deed(**form.deed_data)  # type: ignore[attr-defined]

    def sent(self) -> QueryDict:
        """Return what was sent, as a form takes it."""
        return fields_of(self.request.data)

    def answer(self, transfer: Transfer, status: int = 200) -> Response:
        found = Transfer.objects.with_parts().get(pk=transfer.pk)
        parties = parties_of([found])[found.pk]
        body = dict(TransferSerializer(found).data)
        body["waits_for"] = [each.mnemonic for each in waiting_for(found, parties)]
        offers = offers_of(found, parties, standing_in(self.request._request))
        body["steps"] = [{"step": each.step.key, "label": each.step.label} for each in offers]
        return Response(body, status=status)


class TransferList(TransferEndpoint):
    """The transfers of a programme, open ones first; takes the filters of the page."""

    @extend_schema(operation_id="programmes_transfers_list")
    def get(self, request: Request, **kwargs: Any) -> Response:
        """List the transfers."""
        form = TransferFilterForm(request.query_params, programme=self.programme)
        if not form.is_valid():
            raise refusal_of(form)
        found = ordered(form.narrowed(transfers_of(self.programme)), DEFAULT_ORDER)
        page = self.paginate_queryset(found)
        return self.get_paginated_response(TransferSerializer(page, many=True).data)

    @extend_schema(operation_id="programmes_transfers_propose")
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Propose a transfer: `animals`, `to`, `terms`, ... as the page asks."""
        form = ProposeForm(self.sent(), programme=self.programme)
        return self.answer(
            self.done(form, partial(propose, self.programme, by=cast(User, request.user))), status=201
        )


class TransferDetail(TransferEndpoint):
    """One transfer, for whom it waits, and the steps the caller may take."""

    def get(self, request: Request, **kwargs: Any) -> Response:
        """Return the transfer."""
        return self.answer(self.thing)


class TransferStepEndpoint(TransferEndpoint):
    """A step of a transfer, by the name the table of docs/transfers.md gives it."""

    @extend_schema(operation_id="programmes_transfers_step")
    def post(self, request: Request, step: str, **kwargs: Any) -> Response:
        """Take the step for a side; `acting_for` names the institution's key where there are several."""
        if step not in STEPS:
            raise Http404(f"A transfer has no step {step[:20]}.")
        parties = parties_of([self.thing])[self.thing.pk]
        places = places_of_person(STEPS[step], parties, standing_in(request._request))
        form = step_form(step, self.sent(), transfer=self.thing, places=places)
        return self.answer(self.done(form, partial(take_step, self.thing, step, by=cast(User, request.user))))


def refusal_of(form: Form) -> StudbookError:
    """Return what is wrong with a form, its first field named."""
    errors = {name: " ".join(map(str, words)) for name, words in form.errors.items()}
    name, words = next(iter(errors.items()))
    named = "; ".join(
        f"{each}: {sentence}" if each != "__all__" else sentence for each, sentence in errors.items()
    )
    refusal = StudbookError(named or words, field=None if name == "__all__" else name)
    refusal.details = {"rules": rules_in_words(findings_in(form))}  # type: ignore[attr-defined]  # read by the API
    return refusal
