"""How deeds of the trail are named in sentences."""

from django.utils import timezone

from studbook.core.models import AuditEntry


def said_of(entry: AuditEntry) -> str:
    """Return a deed as who, what and when."""
    return f"“{entry.verb}” by {entry.actor_name} on {timezone.localtime(entry.at):%Y-%m-%d at %H:%M}"
