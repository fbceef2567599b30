"""What a coordinator does with the thresholds of the suitability index: set them, or return to the published ones."""

from collections.abc import Mapping

from pedigree.errors import ThresholdsError
from pedigree.suitability import PUBLISHED, Thresholds
from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.population.models import MateThresholds
from studbook.population.models.mate_thresholds import MOST
from studbook.population.suitability.thresholds import LABELS, OWN
from studbook.programmes.changes import changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme

NEVER_SET = 0
NO_REASON = "Thresholds need a reason. Write why this programme judges pairs otherwise than published, or as published again."
ALREADY_SET = (
    "The thresholds were set by somebody else since you opened the page. Open it anew and look at them."
)


def set_mate_thresholds(
    programme: Programme, *, values: Mapping[str, float], reason: str, by: User | None, opened_version: int
) -> MateThresholds:
    """Let the index of a programme stand on other thresholds; `opened_version` is NEVER_SET where it had none of its own."""
    _refuse_impossible(values)
    return _write(programme, "set suitability thresholds", values, reason, by, opened_version)


def reset_mate_thresholds(
    programme: Programme, *, reason: str, by: User | None, opened_version: int
) -> MateThresholds:
    """Let the index of a programme stand on the published thresholds again."""
    published = {name: getattr(PUBLISHED, name) for name in OWN}
    return _write(programme, "reset suitability thresholds", published, reason, by, opened_version)


def _write(
    programme: Programme,
    verb: str,
    values: Mapping[str, float],
    reason: str,
    by: User | None,
    opened_version: int,
) -> MateThresholds:
    reason = reason.strip()
    if not reason:
        raise StudbookError(NO_REASON, field="reason")
    with changing(programme, verb, by=by, right=Right.PLAN, reason=reason, alters_numbers=False) as trail:
        standing = MateThresholds.objects.filter(programme=programme).first()
        if standing is None:
            if opened_version != NEVER_SET:
                raise StaleRecordError(ALREADY_SET)
            standing = MateThresholds.objects.create(programme=programme, reason=reason, **values)
            trail.created([standing])
        elif opened_version == NEVER_SET:
            raise StaleRecordError(ALREADY_SET, version=standing.version)
        else:
            before = columns_of(standing)
            for name, value in {**values, "reason": reason}.items():
                setattr(standing, name, value)
            save_unless_stale(standing, opened_version=opened_version, fields=[*OWN, "reason"])
            trail.changed(standing, before)
    programme.mate_thresholds = standing
    return standing


def _refuse_impossible(values: Mapping[str, float]) -> None:
    for name in ("mk_deviations", "high_inbreeding"):
        if values[name] > MOST:
            raise StudbookError(f"{LABELS[name]} is above {MOST}. Give {MOST} at most.", field=name)
    try:
        Thresholds(**values)
    except ThresholdsError as refused:
        other = f"“{LABELS.get(refused.other, '')}”"
        sentence = f"{LABELS[refused.name]} {refused.fact}. {refused.remedy}".format(other=other)
        raise StudbookError(sentence, field=refused.name) from refused
