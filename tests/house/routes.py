"""Every route of the project, read from the URL resolver itself."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from studbook.accounts.rights import table


@dataclass(frozen=True)
class Route:
    name: str
    path: str
    view: Callable[..., Any]

    @property
    def names(self) -> list[str]:
        """What the address has to be told, by name."""
        return [part.split(">")[0].split(":")[-1] for part in self.path.split("<")[1:]]

    def filled(self, values: Mapping[str, str]) -> str:
        """Return its address with a value for each name."""
        parts = (part.split(">", 1) for part in self.path.split("<")[1:])
        return (
            "/"
            + self.path.split("<")[0]
            + "".join(values[name.split(":")[-1]] + rest for name, rest in parts)
        )

    @property
    def readable(self) -> bool:
        """Whether everybody who may see the programme may read it: what the table lets them GET."""
        return table()["routes"][self.name].get("GET") in ("see", "signed in", "open")

    @property
    def is_open(self) -> bool:
        return "open" in table()["routes"][self.name].values()

    @property
    def is_deed(self) -> bool:
        """Whether it takes what a person writes in a programme."""
        line = table()["routes"][self.name]
        return "POST" in line and not {"open", "signed in"} & set(line.values()) and not line.get("api")


def all_routes() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Route]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        else:
            yield Route(pattern.name or "", path, pattern.callback)
