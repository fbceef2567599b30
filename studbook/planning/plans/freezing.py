"""A version of a plan: frozen, read again, computed again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from studbook.accounts.models import User
from studbook.planning.models import Plan, PlanVersion
from studbook.planning.paper.figures import makings_of
from studbook.planning.paper.frozen import digest, figures_from, inputs_of, pack
from studbook.planning.plans.versions import inputs_in
from studbook.planning.report import software_version
from studbook.population.cache import Kept
from studbook.programmes.changes import Trail

MOST_KEPT = 32
_identical: Kept[tuple[str, str], bool] = Kept(MOST_KEPT)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Inputs with the packed figures made of them, before the lock is taken."""

    inputs: Mapping[str, Any]
    figures: bytes

    def serves(self, inputs: Mapping[str, Any]) -> bool:
        """Tell whether other inputs have the same figures: the words and transfers of a plan are frozen beside them."""
        return makings_of(self.inputs) == makings_of(inputs)


@dataclass(frozen=True)
class Recomputed:
    """A version's figures made again of its inputs."""

    version: PlanVersion

    @cached_property
    def is_identical(self) -> bool:
        """Tell whether this program makes the same figures of the same inputs; computed once for what is stored."""
        key = self._stored, software_version()
        return self.is_unchanged and _identical.get(key, self._comes_out_the_same)

    @cached_property
    def is_unchanged(self) -> bool:
        """Tell whether inputs and figures can be read, and are those that the digest was made of."""
        return bool(self._inputs) and self._stored == self.version.digest

    def _comes_out_the_same(self) -> bool:
        return pack(figures_from(self._inputs)) == bytes(self.version.figures)

    @cached_property
    def _stored(self) -> str:
        return digest(bytes(self.version.inputs), bytes(self.version.figures))

    @cached_property
    def _inputs(self) -> dict[str, Any]:
        return inputs_in(self.version)


def prepared(inputs: Mapping[str, Any]) -> Prepared:
    """Compute a plan's figures as the book stands, so that the lock need not be held meanwhile."""
    return Prepared(inputs, pack(figures_from(dict(inputs))))


def freeze(
    trail: Trail, plan: Plan, kind: str, *, note: str, by: User | None, ready: Prepared | None = None
) -> PlanVersion:
    """Freeze a plan as a new version, under the lock; what is ready is taken where it is of the same inputs."""
    inputs = inputs_of(plan)
    packed = pack(inputs)
    figures = ready.figures if ready and ready.serves(inputs) else pack(figures_from(inputs))
    version = PlanVersion.objects.create(
        plan=plan,
        number=plan.versions.count() + 1,
        kind=kind,
        note=note,
        revision=plan.programme.revision,
        software=software_version(),
        inputs=packed,
        figures=figures,
        digest=digest(packed, figures),
        frozen_by=by,
    )
    trail.created([version])
    return version


def recompute(version: PlanVersion) -> Recomputed:
    return Recomputed(version)
