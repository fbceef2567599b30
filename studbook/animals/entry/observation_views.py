from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

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
def observation_file(request: HttpRequest, programme: Programme, observation: int) -> HttpResponse:
    """Give the photo of an observation, small if asked so; it is never served by any other address."""
    photos = Observation.objects.filter(animal__programme=programme).exclude(file="")
    photo = get_object_or_404(photos.select_related("animal"), pk=observation)
    try:
        with photo.file.open("rb") as file:
            picture = small_photo(file) if "small" in request.GET else file.read()
    except FileNotFoundError as error:
        raise Http404(f"The photo of {photo.animal} is not among the files any more.") from error
    named = content_disposition_header(
        as_attachment=False, filename=f"{photo.animal.studbook_number}-{photo.pk}.jpg"
    )
    headers = {**PHOTO_HEADERS, "Content-Disposition": str(named)}
    return HttpResponse(picture, content_type="image/jpeg", headers=headers)
