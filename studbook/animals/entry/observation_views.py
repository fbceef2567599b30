from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404

from studbook.animals.entry.photo import small_photo
from studbook.animals.models import Observation
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme

PHOTO_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=3600",
}


@programme_view
def observation_file(request: HttpRequest, programme: Programme, pk: int) -> HttpResponseBase:
    """Give the photo of an observation, small if asked so; it is never served by any other address."""
    photos = Observation.objects.filter(animal__programme=programme).exclude(file="")
    observation = get_object_or_404(photos.select_related("animal"), pk=pk)
    try:
        file = observation.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(f"The photo of {observation.animal} is not among the files any more.") from error
    if "small" in request.GET:
        with file:
            return HttpResponse(small_photo(file), content_type="image/jpeg", headers=PHOTO_HEADERS)
    name = f"{observation.animal.studbook_number}-{observation.pk}.jpg"
    return FileResponse(file, content_type="image/jpeg", filename=name, headers=PHOTO_HEADERS)
