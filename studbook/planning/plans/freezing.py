"""A version of a plan: frozen, read again, computed again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from studbook.accounts.models import User
from studbook.planning.models import Plan, PlanVersion
from studbook.planning.paper.frozen import digest, figures_from, inputs_of, pack
from studbook.planning.plans.versions import inputs_in
from studbook.planning.report import software_version
from studbook.programmes.changes import Trail

# What the figures of a plan are made of; its words and its days of reply are frozen beside them.
MAKINGS = ("format", "day", "book", "former", "lines")


@dataclass(frozen=True, slots=True)
class Prepared:
    """Inputs with the packed figures made of them, before the lock is taken."""

    inputs: Mapping[str, Any]
    figures: bytes

    def serves(self, inputs: Mapping[str, Any]) -> bool:
        """Tell whether other inputs have the same figures, as far as what they are made of tells."""
        return all(self.inputs.get(name) == inputs.get(name) for name in MAKINGS)


@dataclass(frozen=True)
class Recomputed:
    """A version's figures made again of its inputs."""

    version: PlanVersion

    @cached_property
    def is_identical(self) -> bool:
        return self.is_unchanged and pack(figures_from(self._inputs)) == bytes(self.version.figures)

    @cached_property
    def is_unchanged(self) -> bool:
        """Tell whether inputs and figures can be read, and are those that the digest was made of."""
        stored = digest(bytes(self.version.inputs), bytes(self.version.figures))
        return bool(self._inputs) and stored == self.version.digest

    @cached_property
    def _inputs(self) -> dict[str, Any]:
        return inputs_in(self.version)


def prepared(plan: Plan) -> Prepared:
    """Compute a plan's figures as the book stands, so that the lock need not be held meanwhile."""
    inputs = inputs_of(plan)
    return Prepared(inputs, pack(figures_from(inputs)))


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
