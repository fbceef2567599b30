"""Where an animal's own inbreeding comes from."""

from pedigree.paths import own_inbreeding_paths
from studbook.animals.models import Animal
from studbook.population.analysis import Analysis
from studbook.population.explanation import ancestor_rows, animals_on
from studbook.population.genetics.loops import Loops, drawn_loops
from studbook.programmes.models import Programme


def loops_of(programme: Programme, analysis: Analysis, animal: Animal) -> Loops:
    """Return the loops of an animal; one query."""
    explained = own_inbreeding_paths(analysis.pedigree, animal.studbook_number, analysis.inbreeding)
    rows = ancestor_rows(animals_on(programme, analysis, explained), explained)
    return drawn_loops(animal, explained.f_offspring, rows)
