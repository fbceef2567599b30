from studbook.programmes.models.programme import Programme, ProgrammeQuerySet
from studbook.programmes.models.saved_view import ListPage, SavedView

__all__ = ["ListPage", "Programme", "ProgrammeQuerySet", "SavedView"]
