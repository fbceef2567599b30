"""Two baskets for the demonstration: a litter of Khala and Baruto, and the same with two founders from the wild."""

from studbook.animals.models import Animal
from studbook.population.baskets.actions import make_basket
from studbook.population.baskets.drafts import StepDraft, litters
from studbook.population.models import Basket
from studbook.programmes.models import Programme

ALONE, WITH_FOUNDERS = "Khala and Baruto", "Khala and Baruto, two founders"
NOTE = "What would a litter by insemination bring?"
NOTE_FOUNDERS = "What would it bring beside a pair from the wild that breeds once?"


def add_baskets(programme: Programme) -> list[Basket]:
    """Add the baskets to the demonstration's programme, by nobody."""
    sire, dam = (
        programme.animals.get(house_name=name, status=Animal.Status.LIVING).studbook_number
        for name in ("Baruto", "Khala")
    )
    litter = litters([(sire, dam)], 2)
    founders = [StepDraft("import", label="W1", sex="M"), StepDraft("import", label="W2", sex="F")]
    founders += litters([("W1", "W2")], 2)
    tried = ((ALONE, NOTE, litter), (WITH_FOUNDERS, NOTE_FOUNDERS, [*litter, *founders]))
    return [
        make_basket(programme, name=name, note=note, by=None, drafts=steps) for name, note, steps in tried
    ]
