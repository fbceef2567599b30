"""Words that the pages, the panels and the files share: how a pair shall breed, numbers with their nouns."""

from studbook.planning.models import Recommendation

ONLY_IF_POSSIBLE = "Only if possible"
IF_POSSIBLE_HELP = "IF POSSIBLE in the plan, instead of BREED WITH."
NOTES_HELP = "Printed with both animals."
ABOVE_CAP = "Why, above a cap"
CAPS_HELP = "Only where one of the two is above the cap of a lineage: why they should breed all the same. Printed in the plan."
PRIORITIES = ((1, "1, first of all"), (2, "2, as usual"), (3, "3, when there is room"))


PRIORITY_WORDS = {1: "High priority.", 3: "Low priority."}


def counted(count: int, noun: str, more: str = "") -> str:
    """Return a number with its noun."""
    return f"{count:,} {noun if count == 1 else more or noun + 's'}"


def sentence(words: str) -> str:
    """Return words with a stop at their end."""
    words = words.strip()
    return words if not words or words[-1] in ".!?" else f"{words}."


def priority_words(priority: int) -> str:
    """Return how urgent it is what a plan says of an animal; empty where it is as usual."""
    return PRIORITY_WORDS.get(priority, "")


def method_words(pair: Recommendation) -> str:
    """Return how the pair shall breed."""
    return {
        Recommendation.Method.INSEMINATION: f"Insemination of {pair.dam} with semen of {pair.sire}",
        Recommendation.Method.BANKED: f"Insemination of {pair.dam} with a banked sample of {pair.sire}",
    }.get(Recommendation.Method(pair.method), "Natural mating")


def how_words(pair: Recommendation) -> str:
    """Return how a pair shall breed, and how urgent it is."""
    said = [method_words(pair)]
    said += ["if possible"] if pair.if_possible else []
    said += [f"{pair.litters} litters"] if pair.litters > 1 else []
    said += [f"priority {pair.priority}"]
    return ", ".join(said)
