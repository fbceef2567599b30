"""Records for tests: one factory for each model, sound by themselves."""

from tests.factories.animals import (
    AnimalFactory,
    EventFactory,
    FounderFactory,
    HoldingFactory,
    IdentifierFactory,
    NotSameFactory,
    ObservationFactory,
    OwnershipFactory,
    ParentCandidateFactory,
    animal_at,
    photo_of,
)
from tests.factories.dated import DatedFactory
from tests.factories.people import (
    PASSWORD,
    AuditChangeFactory,
    AuditEntryFactory,
    InstitutionRoleFactory,
    ProgrammeRoleFactory,
    SavedViewFactory,
    SentOnceFactory,
    SignInCountFactory,
    UserFactory,
)
from tests.factories.places import InstitutionFactory, ParticipationFactory, ProgrammeFactory
from tests.factories.plans import (
    AssumedParentFactory,
    AssumptionFactory,
    LineageFactory,
    LineageFounderFactory,
    OverlayFactory,
    RecommendationFactory,
)

__all__ = [
    "PASSWORD",
    "AnimalFactory",
    "AssumedParentFactory",
    "AssumptionFactory",
    "AuditChangeFactory",
    "AuditEntryFactory",
    "DatedFactory",
    "EventFactory",
    "FounderFactory",
    "HoldingFactory",
    "IdentifierFactory",
    "InstitutionFactory",
    "InstitutionRoleFactory",
    "LineageFactory",
    "LineageFounderFactory",
    "NotSameFactory",
    "ObservationFactory",
    "OverlayFactory",
    "OwnershipFactory",
    "ParentCandidateFactory",
    "ParticipationFactory",
    "ProgrammeFactory",
    "ProgrammeRoleFactory",
    "RecommendationFactory",
    "SavedViewFactory",
    "SentOnceFactory",
    "SignInCountFactory",
    "UserFactory",
    "animal_at",
    "photo_of",
]
