"""The part of a plan that concerns one institution."""

from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme


def institution_of(programme: Programme, words: str) -> Institution | None:
    """Return the institution an address asks for, None when it asks for none."""
    if not words:
        return None
    found = None
    if words.isascii() and words.isdigit() and len(words) < 19:
        found = Institution.objects.filter(participations__programme=programme, pk=int(words)).first()
    if found is None:
        raise StudbookError(
            f"No institution “{words[:40]}” takes part in {programme}. Choose one from the recommendations page."
        )
    return found
