"""A version of a plan: frozen, read again, computed again."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from studbook.accounts.models import User
from studbook.planning.models import Plan, PlanVersion
from studbook.planning.paper.frozen import digest, figures_from, inputs_of, pack, unpack
from studbook.planning.plans.lines import PlanLines
from studbook.planning.report import software_version
from studbook.population.cache import Kept
from studbook.programmes.changes import Trail

MOST_KEPT = 8
LINES = "lines"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Inputs with the figures made of them, before the lock is taken; both packed."""

    inputs: bytes
    figures: bytes


@dataclass(frozen=True)
class Recomputed:
    """A version's figures made again of its inputs."""

    version: PlanVersion

    @cached_property
    def is_identical(self) -> bool:
        inputs = inputs_in(self.version)
        return (
            bool(inputs) and self.is_unchanged and pack(figures_from(inputs)) == bytes(self.version.figures)
        )

    @cached_property
    def is_unchanged(self) -> bool:
        """Tell whether inputs and figures are those that the digest was made of."""
        return digest(bytes(self.version.inputs), bytes(self.version.figures)) == self.version.digest


_kept: Kept[tuple[int, str], PlanLines] = Kept(MOST_KEPT)


def prepared(plan: Plan) -> Prepared:
    """Compute a plan's figures as the book stands, so that the lock need not be held meanwhile."""
    inputs = inputs_of(plan)
    return Prepared(pack(inputs), pack(figures_from(inputs)))


def freeze(
    trail: Trail, plan: Plan, kind: str, *, note: str, by: User | None, ready: Prepared | None = None
) -> PlanVersion:
    """Freeze a plan as a new version, under the lock; what is ready is taken where it is of the same inputs."""
    inputs = inputs_of(plan)
    packed = pack(inputs)
    figures = ready.figures if ready and ready.inputs == packed else pack(figures_from(inputs))
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


def lines_in(version: PlanVersion) -> PlanLines:
    """Return what a version says, from what it froze; kept, since a version never changes."""
    return _kept.get(
        (version.pk, version.digest), lambda: PlanLines.from_dict(inputs_in(version).get(LINES, {}))
    )


def inputs_in(version: PlanVersion) -> dict[str, Any]:
    """Return what a version was made from; nothing where its bytes are no frozen inputs."""
    try:
        return unpack(bytes(version.inputs))
    except (OSError, EOFError, ValueError):
        return {}


def figures_in(version: PlanVersion) -> dict[str, Any]:
    """Return the figures that a version holds; none where its bytes are no frozen figures."""
    try:
        return unpack(bytes(version.figures))
    except (OSError, EOFError, ValueError):
        return {}


def recompute(version: PlanVersion) -> Recomputed:
    return Recomputed(version)
