"""A graph in columns: which row each node takes, and where each line crosses the columns it passes.

The order in a column, and the places kept free for passing lines, are those of Sugiyama's layered layout. It may
set neighbours closer than asked, as it averages four ways to align them; they are moved apart here.
"""

from collections import defaultdict
from dataclasses import dataclass
from statistics import fmean
from typing import Generic, TypeVar

import igraph
import networkx as nx

N = TypeVar("N")
SWEEPS = 200  # of the crossing reduction; a pedigree of this size needs far fewer


@dataclass(frozen=True, slots=True)
class Layering(Generic[N]):
    """The column and the row of each node, and the rows at which each line crosses the columns between its ends."""

    columns: dict[N, int]
    rows: dict[N, float]
    routes: dict[tuple[N, N], list[float]]


def layering_of(graph: "nx.DiGraph[N]") -> Layering[N]:
    """Lay out a graph without loops; what stands in one column is a row apart or more, the lines included."""
    nodes, edges = list(graph), list(graph.edges)
    columns: dict[N, int] = columns_of(graph)
    place = {node: index for index, node in enumerate(nodes)}
    layered = igraph.Graph(
        n=len(nodes), edges=[(place[start], place[end]) for start, end in edges], directed=True
    ).layout_sugiyama(layers=[columns[node] for node in nodes], hgap=1, vgap=1, maxiter=SWEEPS)
    routing = [sorted(points, key=lambda point: point[1]) for points in layered.edge_routing]
    settled = iter(_settled([*layered.coords, *(point for points in routing for point in points)]))
    rows = {node: next(settled) for node in nodes}
    routes = {edge: [next(settled) for _ in points] for edge, points in zip(edges, routing, strict=True)}
    return Layering(columns, rows, routes)


def columns_of(graph: "nx.DiGraph[N]") -> dict[N, int]:
    """Return the column of each node: one beyond the last of those that point to it."""
    columns: dict[N, int] = {}
    for node in nx.topological_sort(graph):
        columns[node] = max((columns[before] + 1 for before in graph.predecessors(node)), default=0)
    return columns


def _settled(points: list[list[float]]) -> list[float]:
    """Return the row of each (row, column) point, moved apart in its column; the first row of all is 0."""
    by_column: dict[float, list[int]] = defaultdict(list)
    for index, (_, column) in enumerate(points):
        by_column[column].append(index)
    rows = [0.0] * len(points)
    for members in by_column.values():
        members.sort(key=lambda index: points[index][0])
        for index, row in zip(members, apart([points[index][0] for index in members]), strict=True):
            rows[index] = row
    first = min(rows, default=0.0)
    return [row - first for row in rows]


def apart(wanted: list[float]) -> list[float]:
    """Return rows in the same order, one apart or more, with the least squared change."""
    pools: list[list[float]] = []
    for rank, row in enumerate(wanted):
        pools.append([row - rank])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    means = [fmean(pool) for pool in pools for _ in pool]
    return [row + rank for rank, row in enumerate(means)]
