"""What the rules of a studbook say of a deed: refused, to be acknowledged, or only noted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studbook.core.errors import StudbookError

REJECT, WARN, NOTIFY = "reject", "warn", "notify"
LEVELS = (REJECT, WARN, NOTIFY)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule says: its code and level, the studbook numbers it is about, and the sentence to show."""

    code: str
    level: str
    animals: tuple[str, ...]
    sentence: str
    field: str | None = None


class RuleError(StudbookError):
    """Rules reject the deed; all their sentences are told, the first in the place of a single one."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(" ".join(each.sentence for each in findings), field=findings[0].field)
        self.findings = tuple(findings)


class UnacknowledgedError(RuleError):
    """Rules warn of the deed: it is saved once the person has read the warnings and says why all the same."""


def rejected(code: str, animals: Iterable[str], sentence: str, *, field: str | None = None) -> RuleError:
    """Return the refusal of a deed that breaks one rule, to be raised."""
    return RuleError([Finding(code, REJECT, tuple(animals), sentence, field)])


def refuse_findings(
    findings: Iterable[Finding], acknowledged: Iterable[str], *, reason: str | None = None
) -> None:
    """Refuse a deed that a rule rejects, or of which one warns that was not acknowledged by its code.

    Where the `reason` is asked for too, a warning without one counts as not acknowledged.
    """
    found, known = list(findings), set(acknowledged)
    if reason is not None and not reason.strip():
        known = set()
    if rejected := [each for each in found if each.level == REJECT]:
        raise RuleError(rejected)
    if unread := [each for each in found if each.level == WARN and each.code not in known]:
        raise UnacknowledgedError(unread)
