"""What every endpoint of the API shares: the programme of its address, fetched with permission."""

from typing import Any, ClassVar

from rest_framework import generics, permissions, serializers
from rest_framework.request import Request

from studbook.accounts.rights import Right
from studbook.programmes.access import programme_for
from studbook.programmes.models import Programme


class ProgrammeEndpoint(generics.GenericAPIView[Any]):
    """An endpoint below /api/programmes/<code>/; for people who may not see the programme it does not exist."""

    permission_rule: ClassVar[str] = str(Right.SEE)
    programme: Programme

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.programme = programme_for(request._request, kwargs["code"], Right(self.permission_rule))


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    class Meta:
        model = Programme
        fields = ["code", "name", "taxon", "common_name", "scope", "synthetic", "current_to", "revision"]


class ProgrammeList(generics.ListAPIView[Programme]):
    """The programmes the signed-in person may read."""

    permission_rule: ClassVar[str] = "signed in"
    permission_classes = (permissions.IsAuthenticated,)
    serializer_class = ProgrammeSerializer

    def get_queryset(self) -> Any:
        return Programme.objects.visible_to(self.request.user).order_by("code")  # type: ignore[arg-type]
