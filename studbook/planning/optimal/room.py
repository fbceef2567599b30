"""How much room the institutions have left, as the question lets it count."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from studbook.institutions.models import Institution
from studbook.planning.optimal.question import Question
from studbook.population.breeders import holders_of
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Room:
    """Free spaces and breeding pairs by institution; one that is not in them sets no limit. `litter` are young of each."""

    litter: int
    free: Mapping[int, int]
    pairs: Mapping[int, int]

    def takes(self, place: Institution) -> bool:
        """Tell whether a place can take one pair, one of the two arriving, and a litter."""
        return self.free.get(place.pk, self.litter + 1) > self.litter and self.pairs.get(place.pk, 1) > 0


def room_of(programme: Programme, question: Question) -> Room:
    """Return what the institutions have left: a space is taken by each animal that lives there; three queries at most.

    Who moves away does not free a space within the plan: whoever comes may come first.
    """
    if not (question.spaces or question.adult_pairs):
        return Room(question.young, {}, {})
    offered = list(programme.participations.values_list("institution", "spaces", "adult_pairs"))
    pairs = {place: most for place, _, most in offered if most is not None and question.adult_pairs}
    free: dict[int, int] = {}
    if question.spaces and any(spaces is not None for _, spaces, _ in offered):
        taken = Counter(holder.pk for holder in holders_of(programme).values())
        free = {place: max(0, spaces - taken[place]) for place, spaces, _ in offered if spaces is not None}
    return Room(question.young, free, pairs)
