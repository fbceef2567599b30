"""The same questions to the engine's peers: `python -m benchmarks.peers kinship sgkit 10000`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from importlib import import_module
from typing import Any, Final

import numpy as np

from benchmarks.synthetic import captive_book
from benchmarks.timing import Task, measured

QUESTIONS: Final = {"kinship": "pedigree_kinship", "inbreeding": "pedigree_inbreeding"}


def by_sgkit(question: str, size: int) -> Task:
    """Prepare a question to sgkit."""
    sgkit, xarray = import_module("sgkit"), import_module("xarray")
    book, name = captive_book(size), QUESTIONS[question]
    parents = np.maximum(np.column_stack((book.sire, book.dam)), -1).astype(np.int64)
    data = xarray.Dataset({"parent": (("samples", "parents"), parents)})

    def work() -> Any:
        answer = getattr(sgkit, name)(data, method="diploid", parent="parent", allow_half_founders=True)
        return answer[f"stat_{name}"].values

    return Task(work, lambda found: float(found.mean()))


def main(question: str, size: int) -> None:
    """Measure and print one answer."""
    found = measured(lambda number: by_sgkit(question, number), size)
    sys.stdout.write(json.dumps(asdict(found)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[3]))
