"""What a correction of parents would mean for recommended pairs."""

import networkx as nx
from django.db.models import Q
from django.http import HttpRequest

from studbook.animals.ancestry import ancestry_of
from studbook.animals.correcting.parents import Proposal
from studbook.core.panels import Context
from studbook.planning.models import Recommendation


def parents_panel(request: HttpRequest, proposal: Proposal) -> Context | None:
    """Fill the panel: the standing pairs of the animal and of its descendants; None without any. Three queries."""
    animal = proposal.animal
    graph = ancestry_of(animal.programme)
    graph.add_node(animal.studbook_number)
    numbers = {animal.studbook_number, *nx.ancestors(graph, animal.studbook_number)}
    pairs = Recommendation.objects.standing().filter(programme=animal.programme).select_related("sire", "dam")
    touched = pairs.filter(Q(sire__studbook_number__in=numbers) | Q(dam__studbook_number__in=numbers))
    found = list(touched)
    return {"programme": animal.programme, "animal": animal, "pairs": found} if found else None
