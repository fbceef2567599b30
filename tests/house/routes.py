"""Every route of the project, read from the URL resolver itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    name: str
    path: str
    view: Callable[..., Any]

    @property
    def rule(self) -> str | None:
        endpoint = getattr(self.view, "cls", self.view)
        return getattr(self.view, "permission_rule", None) or getattr(endpoint, "permission_rule", None)


def all_routes() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Route]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        else:
            yield Route(pattern.name or "", path, pattern.callback)
