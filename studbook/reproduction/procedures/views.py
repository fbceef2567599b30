from django.http import HttpRequest, HttpResponse

from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view
def procedure(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    raise NotImplementedError
