"""Events and observations as other programs read them."""

from rest_framework import serializers

from studbook.animals.api import DateSerializer
from studbook.animals.models import Event, Observation


class EventSerializer(serializers.ModelSerializer[Event]):
    date = DateSerializer(allow_null=True)
    institution = serializers.CharField(source="institution.mnemonic", default=None, allow_null=True)
    from_institution = serializers.CharField(
        source="from_institution.mnemonic", default=None, allow_null=True
    )

    class Meta:
        model = Event
        fields = [
            "id",
            "kind",
            "date",
            "institution",
            "from_institution",
            "local_id",
            "terms",
            "direction",
            "cause",
            "necropsy",
            "note",
            "provisional",
            "version",
        ]


class ObservationSerializer(serializers.ModelSerializer[Observation]):
    date = DateSerializer(allow_null=True)
    until = DateSerializer(allow_null=True)
    expected_return = DateSerializer(allow_null=True)
    institution = serializers.CharField(source="institution.mnemonic", default=None, allow_null=True)

    class Meta:
        model = Observation
        fields = [
            "id",
            "kind",
            "date",
            "until",
            "expected_return",
            "what",
            "product",
            "quantity",
            "unit",
            "institution",
            "note",
            "provisional",
            "version",
        ]
