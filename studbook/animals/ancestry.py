"""Who descends from whom, possible parents included, to refuse an animal that would be its own ancestor."""

from collections.abc import Iterable

import networkx as nx

from studbook.animals.models import Animal, ParentCandidate
from studbook.core.findings import rejected
from studbook.programmes.models import Programme


def ancestry_of(programme: Programme) -> "nx.DiGraph[str]":
    """Return the graph of a programme's book, an arrow from each animal to each of its parents; two queries."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    parents = Animal.objects.filter(programme=programme).values_list(
        "studbook_number", "sire__studbook_number", "dam__studbook_number"
    )
    for number, *known in parents:
        graph.add_edges_from((number, parent) for parent in known if parent)
    graph.add_edges_from(
        ParentCandidate.objects.filter(animal__programme=programme).values_list(
            "animal__studbook_number", "parent__studbook_number"
        )
    )
    return graph


def refuse_loop(graph: "nx.DiGraph[str]", among: Iterable[str]) -> None:
    """Refuse a graph in which one of these animals is its own ancestor, and show the way round."""
    # This question has an answer in one pass, and is nearly always the last one; the search for the loop is not.
    if nx.is_directed_acyclic_graph(graph):
        return
    try:
        loop = nx.find_cycle(graph, list(among))
    except nx.NetworkXNoCycle:
        return
    shown = " -> ".join([*(child for child, _ in loop), loop[0][0]])
    sentence = f"Ancestry loop: {shown}. Each animal is followed by a parent of it, so one of these parents must be corrected."
    raise rejected("B1", (child for child, _ in loop), sentence)
