"""What is planned and assumed of animals."""

import factory
from factory.django import DjangoModelFactory

from studbook.animals.models import (
    Animal,
    ParentCandidate,
    ParentKind,
)
from studbook.planning.models import OptimalPlan, Recommendation
from studbook.population.models import (
    AssumedParent,
    Assumption,
    BankedDonor,
    EditedRate,
    Lineage,
    LineageFounder,
    MateThresholds,
    Overlay,
    RateSet,
    Scenario,
    ScenarioCatastrophe,
    ScenarioMove,
)
from tests.factories.animals import AnimalFactory, FounderFactory
from tests.factories.places import ProgrammeFactory


class RecommendationFactory(DjangoModelFactory):
    class Meta:
        model = Recommendation

    programme = factory.SubFactory(ProgrammeFactory)
    sire = factory.SubFactory(
        AnimalFactory, programme=factory.SelfAttribute("..programme"), sex=Animal.Sex.MALE
    )
    dam = factory.SubFactory(AnimalFactory, programme=factory.SelfAttribute("..programme"))
    reason = "Both are rare lines."
    revision = 1


class OptimalPlanFactory(DjangoModelFactory):
    """A question that was never asked."""

    class Meta:
        model = OptimalPlan

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Optimal plan {n}")
    question = factory.LazyFunction(lambda: {"litters": 1})
    revision = 1


class OverlayFactory(DjangoModelFactory):
    class Meta:
        model = Overlay

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Overlay {n}")
    reason = "Old letters of the zoo name parents that the book lacks."


class AssumptionFactory(DjangoModelFactory):
    """An animal left out of the analysis; other kinds are given their columns."""

    class Meta:
        model = Assumption

    overlay = factory.SubFactory(OverlayFactory)
    kind = Assumption.Kind.EXCLUDED
    animal = factory.SubFactory(AnimalFactory, programme=factory.SelfAttribute("..overlay.programme"))
    reason = "It will never breed."


class AssumedParentFactory(DjangoModelFactory):
    class Meta:
        model = AssumedParent

    assumption = factory.SubFactory(
        AssumptionFactory, kind=Assumption.Kind.PARENT, role=ParentCandidate.Role.SIRE
    )
    role = ParentCandidate.Role.SIRE
    kind = ParentKind.KNOWN
    animal = factory.SubFactory(
        AnimalFactory,
        programme=factory.SelfAttribute("..assumption.overlay.programme"),
        sex=Animal.Sex.MALE,
    )


class MateThresholdsFactory(DjangoModelFactory):
    """Thresholds of a programme that are those published."""

    class Meta:
        model = MateThresholds

    programme = factory.SubFactory(ProgrammeFactory)
    reason = "The population is small."


class LineageFactory(DjangoModelFactory):
    """A lineage without a founder yet."""

    class Meta:
        model = Lineage

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Founder {n}")
    cap = 0.41
    reason = "It may be of another subspecies."


class LineageFounderFactory(DjangoModelFactory):
    class Meta:
        model = LineageFounder

    lineage = factory.SubFactory(LineageFactory)
    founder = factory.SubFactory(FounderFactory, programme=factory.SelfAttribute("..lineage.programme"))


class RateSetFactory(DjangoModelFactory):
    """A what-if without an edited rate yet."""

    class Meta:
        model = RateSet

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Rates {n}")
    reason = "Cubs die less often since the new dens."


class EditedRateFactory(DjangoModelFactory):
    class Meta:
        model = EditedRate

    rate_set = factory.SubFactory(RateSetFactory)
    sex = Animal.Sex.FEMALE
    age = 0
    qx = 0.2


class ScenarioFactory(DjangoModelFactory):
    """A scenario of a few short runs; smoothed, since small books have gaps."""

    class Meta:
        model = Scenario

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Scenario {n}")
    reason = "What is left if we go on as we do?"
    smoothing = "filled"
    litter_sizes = factory.LazyFunction(lambda: [0.5, 0.5])
    years = 5
    runs = 6
    loci = 4


class ScenarioMoveFactory(DjangoModelFactory):
    """A pair that comes in every year."""

    class Meta:
        model = ScenarioMove

    scenario = factory.SubFactory(ScenarioFactory)
    direction = ScenarioMove.Direction.IN
    males = 1
    females = 1
    youngest = 2


class ScenarioCatastropheFactory(DjangoModelFactory):
    class Meta:
        model = ScenarioCatastrophe

    scenario = factory.SubFactory(ScenarioFactory)
    chance = 0.02
    survival = 0.5


class BankedDonorFactory(DjangoModelFactory):
    class Meta:
        model = BankedDonor

    scenario = factory.SubFactory(ScenarioFactory)
    animal = factory.SubFactory(
        FounderFactory, programme=factory.SelfAttribute("..scenario.programme"), sex=Animal.Sex.MALE
    )
    straws = 10
