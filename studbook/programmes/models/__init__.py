from studbook.programmes.models.programme import Programme, ProgrammeQuerySet
from studbook.programmes.models.saved_view import SavedView

__all__ = ["Programme", "ProgrammeQuerySet", "SavedView"]
