"""Whether the studbook serves: for whoever watches over the installation. Open to all, and tells nothing else."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer whether the database can be read. A change under way does not keep it waiting: reading goes on."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"database": "cannot be read"}, status=503)
    return JsonResponse({"database": "can be read"})
