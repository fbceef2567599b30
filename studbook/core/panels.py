"""Panels: how a room higher up puts its part onto a page of a room below, without the lower knowing it.

The animal's page belongs to `animals`; what the population's numbers or a plan say of the animal comes from rooms
that `animals` may not import. They register a panel for the page when the application starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of a page: its place in the order, its template, and what fills it (None: nothing to show)."""

    order: int
    template: str
    fill: Callable[[HttpRequest, Any], Context | None]


_panels: dict[str, list[Panel]] = {}


def add_panel(page: str, panel: Panel) -> None:
    """Put a panel on a page; called once, from an application's `ready`."""
    _panels.setdefault(page, []).append(panel)
    _panels[page].sort(key=lambda each: each.order)


def rendered_panels(page: str, request: HttpRequest, subject: Any) -> list[str]:
    """Return each panel that has something to show about the subject, rendered, in their order."""
    filled = [(panel.template, panel.fill(request, subject)) for panel in _panels.get(page, [])]
    return [
        render_to_string(template, context, request) for template, context in filled if context is not None
    ]
