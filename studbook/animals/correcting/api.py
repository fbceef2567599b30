"""Corrections for other programs: the same forms as the pages, with the version of the record in `If-Match`."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

from django.http import Http404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.api import AnimalDetail, AnimalSerializer
from studbook.animals.correcting.actions import correct_animal
from studbook.animals.correcting.api_records import EventSerializer, ObservationSerializer
from studbook.animals.correcting.api_telling import bound_to, opened_version, refused_form
from studbook.animals.correcting.events import correct_event, remove_event
from studbook.animals.correcting.forms import (
    CorrectAnimalForm,
    CorrectEventForm,
    CorrectionForm,
    CorrectObservationForm,
    initial_of,
)
from studbook.animals.correcting.observations import correct_observation, remove_observation
from studbook.animals.correcting.parent_forms import ParentsForm, parent_text
from studbook.animals.correcting.parents import ROLES, correct_parents
from studbook.animals.keeping import animal_on_which
from studbook.animals.models import Animal, Event, Observation
from studbook.core.errors import StaleRecordError
from studbook.core.etags import etag
from studbook.programmes.access import standing_in
from studbook.programmes.api import ProgrammeEndpoint
from studbook.programmes.sent import fields_of

PRECONDITION_FAILED = 412
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of what you read, several, or * for whatever stands.",
)
Deed = Callable[..., Any]


class VersionedEndpoint(APIView):
    """Answers what somebody else changed meanwhile with 412 and both values."""

    def handle_exception(self, exc: Exception) -> Response:
        answer = super().handle_exception(exc)
        if isinstance(exc, StaleRecordError):
            answer.status_code = PRECONDITION_FAILED
        return answer

    def corrected(self, form: CorrectionForm, deed: Deed) -> Response | None:
        """Do a correction; return the answer to a form that cannot be read, None when it is done."""
        if not form.is_valid():
            return refused_form(form)
        deed(by=cast(User, self.request.user), **form.deed_data)
        return None


class CorrectableAnimal(VersionedEndpoint, AnimalDetail):
    """One animal, by its studbook number. The address of a merged record leads to the one that was kept."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        try:
            animal = self.get_object()
        except Http404:
            return self._void_or_missing()
        return self._told(animal)

    @extend_schema(request=OpenApiTypes.OBJECT, responses=AnimalSerializer, parameters=[IF_MATCH])
    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Correct house_name, sex, birth, birth_type, rearing, note; or sire and dam; always with a reason."""
        arguments = {"number": self.kwargs["number"]}
        animal = animal_on_which(self.programme, standing_in(request._request), Right.CORRECT, arguments)
        if animal is None:
            return self._void_or_missing()
        form, deed = self._form(animal, fields_of(request.data).dict(), opened_version(request, animal))
        return self.corrected(form, deed) or self._told(self.get_object())

    def _form(self, animal: Animal, told: Mapping[str, Any], version: int) -> tuple[CorrectionForm, Deed]:
        if told.keys() & set(ROLES):
            parents = {role: parent_text(animal, role) for role in ROLES}
            bound = bound_to(ParentsForm, parents, told, version)
            return ParentsForm(bound, programme=self.programme), partial(correct_parents, animal)
        bound = bound_to(CorrectAnimalForm, initial_of(animal, CorrectAnimalForm), told, version)
        return CorrectAnimalForm(bound), partial(correct_animal, animal)

    def _told(self, animal: Animal) -> Response:
        return Response(self.get_serializer(animal).data, headers=etag(animal.version))

    def _void_or_missing(self) -> Response:
        number = self.kwargs["number"]
        records = Animal.every.select_related("merged_into").filter(
            programme=self.programme, studbook_number=number
        )
        void = records.filter(status=Animal.Status.VOID).first()
        if void is None:
            raise Http404
        if void.merged_into is None:
            return Response({"detail": f"The record {void} is void.", "merged_into": None}, status=410)
        kept = void.merged_into.studbook_number
        body = {"detail": f"The record {void} was merged into {void.merged_into}.", "merged_into": kept}
        address = reverse("api_animal", args=[self.programme.code, kept])
        # A merge can be undone, so nobody may remember this for good.
        return Response(body, status=301, headers={"Location": address, "Cache-Control": "no-store"})


class EventEndpoint(VersionedEndpoint, ProgrammeEndpoint):
    """One event of an animal, to read, to correct and to take out; always with a reason."""

    serializer_class = EventSerializer
    queryset = Event.objects.none()  # for the schema alone

    def get_object(self) -> Event:
        found = Event.objects.select_related("animal__programme", "institution", "from_institution")
        event = found.filter(animal=self.thing, pk=self.kwargs["event"]).first()
        if event is None:
            raise Http404
        return event

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._told(self.get_object())

    @extend_schema(request=OpenApiTypes.OBJECT, responses=EventSerializer, parameters=[IF_MATCH])
    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        event = self.get_object()
        opened = initial_of(event, CorrectEventForm)
        bound = bound_to(
            CorrectEventForm, opened, fields_of(request.data).dict(), opened_version(request, event)
        )
        form = CorrectEventForm(bound, event=event, programme=self.programme)
        return self.corrected(form, partial(correct_event, event)) or self._told(event)

    @extend_schema(request=OpenApiTypes.OBJECT, parameters=[IF_MATCH])
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        event = self.get_object()
        form = CorrectionForm(
            bound_to(CorrectionForm, {}, fields_of(request.data).dict(), opened_version(request, event))
        )
        return self.corrected(form, partial(remove_event, event)) or Response(status=204)

    def _told(self, event: Event) -> Response:
        return Response(self.get_serializer(event).data, headers=etag(event.version))


class ObservationEndpoint(VersionedEndpoint, ProgrammeEndpoint):
    """One observation of an animal, to read, to correct and to take out; always with a reason."""

    serializer_class = ObservationSerializer
    queryset = Observation.objects.none()  # for the schema alone

    def get_object(self) -> Observation:
        found = Observation.objects.select_related("animal__programme", "institution")
        observation = found.filter(animal=self.thing, pk=self.kwargs["observation"]).first()
        if observation is None:
            raise Http404
        return observation

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._told(self.get_object())

    @extend_schema(request=OpenApiTypes.OBJECT, responses=ObservationSerializer, parameters=[IF_MATCH])
    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = self.get_object()
        opened = initial_of(found, CorrectObservationForm)
        bound = bound_to(
            CorrectObservationForm, opened, fields_of(request.data).dict(), opened_version(request, found)
        )
        form = CorrectObservationForm(bound, observation=found, programme=self.programme)
        return self.corrected(form, partial(correct_observation, found)) or self._told(found)

    @extend_schema(request=OpenApiTypes.OBJECT, parameters=[IF_MATCH])
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = self.get_object()
        form = CorrectionForm(
            bound_to(CorrectionForm, {}, fields_of(request.data).dict(), opened_version(request, found))
        )
        return self.corrected(form, partial(remove_observation, found)) or Response(status=204)

    def _told(self, observation: Observation) -> Response:
        return Response(self.get_serializer(observation).data, headers=etag(observation.version))
