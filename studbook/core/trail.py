"""Reading the trail."""

from django.db.models import Model

from studbook.core.models import AuditChange, AuditEntry

MOST_DEEDS = 20


def deeds_on(record: Model) -> list[AuditEntry]:
    """Return the latest deeds that touched a record, newest first; one query."""
    changes = AuditChange.objects.filter(record=record._meta.label_lower, record_id=record.pk)
    return list(AuditEntry.objects.filter(pk__in=changes.values("entry"))[:MOST_DEEDS])
