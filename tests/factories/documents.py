"""Plans as documents, what the zoos answer, and what came of it."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from studbook.planning.models import Answer, AnswerLink, Outcome, Plan, PlanAnimal, PlanVersion
from studbook.planning.paper.frozen import digest, figures_from, inputs_of, pack
from tests.factories.animals import AnimalFactory
from tests.factories.people import UserFactory
from tests.factories.places import InstitutionFactory, ProgrammeFactory
from tests.factories.plans import RecommendationFactory


class PlanFactory(DjangoModelFactory):
    """A draft for a year."""

    class Meta:
        model = Plan

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Breeding plan {n}")
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)


class PlanVersionFactory(DjangoModelFactory):
    """A version that holds nothing to compute from."""

    class Meta:
        model = PlanVersion

    plan = factory.SubFactory(PlanFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = PlanVersion.Kind.DRAFT
    revision = 1
    software = "1"
    inputs = b"{}"
    figures = b"{}"
    digest = hashlib.sha256(b"{}{}").hexdigest()


def frozen_version(plan: Plan, **columns: Any) -> PlanVersion:
    """Return a plan frozen as it stands."""
    inputs = inputs_of(plan)
    packed, figures = pack(inputs), pack(figures_from(inputs))
    version: PlanVersion = PlanVersionFactory(
        plan=plan,
        **{
            "number": plan.versions.count() + 1,
            "revision": inputs["revision"],
            "software": inputs["software"],
            "inputs": packed,
            "figures": figures,
            "digest": digest(packed, figures),
            **columns,
        },
    )
    return version


class PlanAnimalFactory(DjangoModelFactory):
    """An animal that stays where it is."""

    class Meta:
        model = PlanAnimal

    plan = factory.SubFactory(PlanFactory)
    animal = factory.SubFactory(AnimalFactory, programme=factory.SelfAttribute("..plan.programme"))


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    row = factory.SubFactory(PlanAnimalFactory)
    institution = factory.SubFactory(InstitutionFactory)
    asked = factory.SubFactory(PlanVersionFactory, plan=factory.SelfAttribute("..row.plan"))
    word = Answer.Word.ACCEPT
    by = factory.SubFactory(UserFactory)


class AnswerLinkFactory(DjangoModelFactory):
    class Meta:
        model = AnswerLink

    plan = factory.SubFactory(PlanFactory)
    institution = factory.SubFactory(InstitutionFactory)
    person = factory.SubFactory(UserFactory)
    digest = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    expires_at = datetime(2200, 1, 1, tzinfo=UTC)


class OutcomeFactory(DjangoModelFactory):
    """What somebody told of a pair."""

    class Meta:
        model = Outcome

    pair = factory.SubFactory(RecommendationFactory)
    state = Outcome.State.ATTEMPTED
    attempt = Outcome.Attempt.INTRODUCED
