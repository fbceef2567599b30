"""Animals for other programs: the same book and the same filter as the page."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import generics, serializers

from studbook.animals.filters import AnimalFilter
from studbook.animals.latest import marked_provisional
from studbook.animals.models import Animal, ParentCandidate, last_of
from studbook.animals.queries import NUMBER, annotated_animals, with_row_parts
from studbook.core.dates import DateInterval
from studbook.programmes.api import ProgrammeEndpoint

# The filter offers the programme's own institutions, which are known only with a request.
extend_schema_field(OpenApiTypes.INT)(AnimalFilter.base_filters["institution"])


class DateSerializer(serializers.Serializer[DateInterval]):
    """A date as it is known: both ends of the interval, and the words it was given in."""

    earliest = serializers.DateField()
    latest = serializers.DateField()
    text = serializers.CharField(source="__str__")


class CandidateSerializer(serializers.Serializer[ParentCandidate]):
    studbook_number = serializers.CharField(source="parent.studbook_number")
    role = serializers.CharField()
    probability = serializers.FloatField()


class AnimalSerializer(serializers.ModelSerializer[Animal]):
    birth = DateSerializer(allow_null=True)
    death = DateSerializer(allow_null=True)
    sire = serializers.CharField(source="sire.studbook_number", default=None, allow_null=True)
    dam = serializers.CharField(source="dam.studbook_number", default=None, allow_null=True)
    parent_candidates = CandidateSerializer(many=True)
    holder = serializers.SerializerMethodField()
    provisional = serializers.BooleanField(
        source="is_provisional", help_text="An entry waits to be confirmed."
    )

    class Meta:
        model = Animal
        fields = [
            "studbook_number",
            "house_name",
            "sex",
            "birth",
            "death",
            "birth_type",
            "rearing",
            "status",
            "provisional",
            "sire_kind",
            "sire",
            "dam_kind",
            "dam",
            "parent_candidates",
            "holder",
        ]

    def get_holder(self, animal: Animal) -> str | None:
        """Return the mnemonic of the place that has the animal now; none for one that died or left."""
        stay = last_of(animal.holdings.all())
        return stay.institution.mnemonic if stay and stay.end is None else None


class AnimalEndpoint(ProgrammeEndpoint):
    serializer_class = AnimalSerializer
    queryset = Animal.objects.none()  # for the schema alone; the programme's own book is what is read

    def get_queryset(self) -> Any:
        if not hasattr(self, "programme"):
            return self.queryset
        return marked_provisional(with_row_parts(annotated_animals(self.programme))).order_by(*NUMBER)


class AnimalList(AnimalEndpoint, generics.ListAPIView[Animal]):
    """The animals of a programme, in the order of their numbers; takes the filters of the page."""

    filterset_class = AnimalFilter


class AnimalDetail(AnimalEndpoint, generics.RetrieveAPIView[Animal]):
    """One animal, by its studbook number."""

    def get_object(self) -> Animal:
        found: Animal = get_object_or_404(self.get_queryset(), studbook_number=self.kwargs["number"])
        return found
