"""Marks: how another part of planning puts a word of its own on the rows and pairs of a plan's page.

What the zoos answered and what came of a row is not this package's: whoever keeps it fills one template for each row or pair,
reading all of a plan at once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from studbook.planning.models import Plan

Context = Mapping[str, Any]
Fill = Callable[[HttpRequest, Plan], Mapping[int, Context]]
ROW, PAIR = "row", "pair"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its place among others, its template, and what fills it: contexts by the keys of rows or pairs."""

    order: int
    template: str
    fill: Fill


_marks: dict[str, list[Mark]] = {ROW: [], PAIR: []}


def add_mark(of: str, mark: Mark) -> None:
    """Put a mark on the rows ("row") or the pairs ("pair") of plans; called once, from an application's `ready`."""
    _marks[of].append(mark)
    _marks[of].sort(key=lambda each: each.order)


def marks_of(of: str, request: HttpRequest, plan: Plan) -> dict[int, list[str]]:
    """Return the rendered marks of each row or pair that has any, by its key."""
    found: dict[int, list[str]] = {}
    for key, words in _rendered(of, request, plan):
        found.setdefault(key, []).append(words)
    return found


def _rendered(of: str, request: HttpRequest, plan: Plan) -> Iterable[tuple[int, str]]:
    for mark in _marks[of]:
        for key, context in mark.fill(request, plan).items():
            yield key, render_to_string(mark.template, dict(context), request)
