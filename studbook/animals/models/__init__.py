from studbook.animals.models.animal import Animal, AnimalQuerySet, ParentCandidate, ParentKind
from studbook.animals.models.event import Event
from studbook.animals.models.identifier import Identifier
from studbook.animals.models.not_same import NotSame
from studbook.animals.models.observation import Observation
from studbook.animals.models.timelines import Holding, Ownership, last_of

__all__ = [
    "Animal",
    "AnimalQuerySet",
    "Event",
    "Holding",
    "Identifier",
    "NotSame",
    "Observation",
    "Ownership",
    "ParentCandidate",
    "ParentKind",
    "last_of",
]
