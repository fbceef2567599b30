"""Whether the studbook serves: for whoever watches over the installation. Open to all, and tells little else."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from studbook.core.jobs.attendance import COMMAND, wait_in_vain

NO_WORKER = f"wait, and no worker is at hand: start one with {COMMAND}"


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer whether the database can be read. A change under way does not keep it waiting: reading goes on."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
            cursor.fetchone()
        in_vain = wait_in_vain()
    except DatabaseError:
        return JsonResponse({"database": "cannot be read"}, status=503)
    # Pages are served all the same, so the status stays 200; whoever watches reads the word.
    return JsonResponse({"database": "can be read"} | ({"jobs": NO_WORKER} if in_vain else {}))
