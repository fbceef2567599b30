"""A plan of the small book: three pairs, an animal sent, one excluded under an overlay, a plan in force before."""

from dataclasses import dataclass
from datetime import date

import pytest

from studbook.animals.models import Animal, ParentCandidate, ParentKind
from studbook.planning.models import Plan, PlanVersion, Recommendation
from studbook.population.models import Assumption, Overlay
from tests.factories import (
    AssumedParentFactory,
    AssumptionFactory,
    OverlayFactory,
    PlanAnimalFactory,
    PlanFactory,
    RecommendationFactory,
    animal_at,
    frozen_version,
)
from tests.planning.conftest import BORN, SmallBook

ODD = 'Rare: #both* $x$ _y_ \\ <b> "q" @z [w] `v` // u'


@dataclass
class Planned:
    """`plan` pairs sire with dam by insemination, brother with stranger; `old` is excluded for its age."""

    book: SmallBook
    plan: Plan
    overlay: Overlay
    old: Animal
    young: Animal


@pytest.fixture
def planned(book: SmallBook) -> Planned:
    programme = book.programme
    old = animal_at(book.other_zoo, programme=programme, studbook_number="41", sex="M", birth=BORN)
    young = animal_at(
        book.zoo,
        programme=programme,
        studbook_number="42",
        sex="F",
        birth=BORN,
        dam=book.sister,
        house_name="Alisa",
    )
    Animal.objects.filter(pk=young.pk).update(sire=None, sire_kind=ParentKind.SEVERAL)
    for parent in (book.brother, book.sire):
        ParentCandidate.objects.create(animal=young, role="sire", parent=parent, probability="0.5")
    overlay = OverlayFactory(programme=programme, name="Old letters")
    AssumptionFactory(overlay=overlay, animal=old, reason="It is past breeding.")
    assumption = AssumptionFactory(
        overlay=overlay,
        kind=Assumption.Kind.PARENT,
        animal=book.stranger,
        role="sire",
        reason="A test of 2019.",
    )
    AssumedParentFactory(assumption=assumption, animal=book.brother)
    plan = PlanFactory(
        programme=programme,
        title="Plan of 2026",
        state=Plan.State.COMMENTS,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        reply_by=date(2026, 2, 1),
        litters_wanted=3,
        summary="First paragraph.\n\n" + ODD,
        decided_by="The species committee.",
        assumptions="Founders are unrelated.",
    )
    plan.overlays.add(overlay)
    made = {"programme": programme, "plan": plan, "reason": ODD}
    RecommendationFactory(
        sire=book.sire, dam=book.dam, method=Recommendation.Method.INSEMINATION, priority=1, litters=2, **made
    )
    RecommendationFactory(sire=book.brother, dam=book.stranger, if_possible=True, **made)
    for animal in (book.sire, book.brother, book.stranger, book.sister, young):
        PlanAnimalFactory(plan=plan, animal=animal, notes="Weigh it.", breeding="")
    PlanAnimalFactory(plan=plan, animal=book.dam, disposition="send", destination=book.zoo, priority=1)
    PlanAnimalFactory(plan=plan, animal=old, breeding="do not breed", notes="Excluded - Age", priority=3)
    return Planned(book, plan, overlay, old, young)


@pytest.fixture
def version(planned: Planned) -> PlanVersion:
    return frozen_version(planned.plan)
