"""programme.json of the folder format: what the file says of the programme itself."""

import json
import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from studbook.exchange.folder_rows import UnreadableFileError, read_text
from studbook.exchange.records import ImportedProgramme

WORDS = ("code", "name", "taxon", "common_name")
GOALS = {
    "target_size": "target_size",
    "gene_diversity": "gene_diversity_goal",
    "years": "goal_years",
    "offspring_inbreeding_limit": "offspring_inbreeding_limit",
}
SHARES = ("gene_diversity_goal", "offspring_inbreeding_limit")
BIOLOGY = (
    "gestation_days_min",
    "gestation_days_mean",
    "gestation_days_max",
    "female_first_breeding_days",
    "male_first_breeding_days",
    "female_last_breeding_years",
    "male_last_breeding_years",
    "litter_size_max",
    "litter_interval_days_min",
    "longevity_years",
)
SHOWN = 40


def read_programme(path: Path) -> tuple[ImportedProgramme, date]:
    """Return the programme and the day its book is current to, or refuse the file with what is wrong in it."""
    said = _Said(path.name, _object(path))
    programme = ImportedProgramme(
        **{word: said.words(word) for word in WORDS},
        scope=said.words("scope", required=False),
        synthetic=said.values.get("synthetic") is True,
        columns=(*said.numbers("biology", {name: name for name in BIOLOGY}), *said.numbers("goals", GOALS)),
    )
    return programme, said.day("current_to")


def _object(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(read_text(path))
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise _refused(path.name, f"it is not JSON{where}. Write one object in braces.") from error
    if not isinstance(said, dict):
        raise _refused(path.name, "it holds no object. Write one in braces.")
    return said


class _Said:
    """The values of the file, each asked for by the kind it must be of."""

    def __init__(self, file: str, values: dict[str, Any]) -> None:
        self.file = file
        self.values = values

    def words(self, name: str, *, required: bool = True) -> str:
        words = self.values.get(name, "")
        if not isinstance(words, str) or not _writable(words) or (required and not words.strip()):
            raise self._refusal(name, words, "Write it as text")
        return words

    def day(self, name: str) -> date:
        text = self.values.get(name)
        try:
            return date.fromisoformat(text if isinstance(text, str) else "")
        except ValueError:
            raise self._refusal(name, text, "Write the day as 2025-10-31") from None

    def numbers(self, group: str, columns: dict[str, str]) -> Iterator[tuple[str, float]]:
        values = self.values.get(group, {})
        if not isinstance(values, dict):
            raise self._refusal(group, values, "Write an object in braces")
        for name, column in columns.items():
            if name in values:
                yield column, self._number(name, values[name], whole=column not in SHARES)

    def _number(self, name: str, value: object, *, whole: bool) -> float:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if whole or not isinstance(value, float) or not math.isfinite(value):
            raise self._refusal(name, value, "Write a whole number" if whole else "Write a number")
        return value

    def _refusal(self, name: str, value: object, remedy: str) -> UnreadableFileError:
        shown = ascii(value) if isinstance(value, str) else json.dumps(value)
        return _refused(self.file, f"{name} is {shown[:SHOWN]}. {remedy}.")


def _refused(file: str, reason: str) -> UnreadableFileError:
    return UnreadableFileError(f"{file} is not a description of a programme: {reason}")


def _writable(words: str) -> bool:
    # JSON can spell NUL and halves of characters, which no database holds as text.
    return "\x00" not in words and not any("\ud800" <= letter <= "\udfff" for letter in words)
