"""Random pedigrees take as long as the machine is busy; no claim here is about time."""

from hypothesis import settings

settings.register_profile("pedigree", deadline=None)
settings.load_profile("pedigree")
