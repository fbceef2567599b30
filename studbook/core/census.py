"""Animals counted by sex, as studbooks write it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Census:
    """Males, females and those of unknown sex: m.f.u."""

    male: int = 0
    female: int = 0
    unknown: int = 0

    def __str__(self) -> str:
        return f"{self.male}.{self.female}.{self.unknown}"

    @property
    def total(self) -> int:
        return self.male + self.female + self.unknown
