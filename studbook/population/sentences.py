"""A pair explained to a keeper, in sentences."""

from collections.abc import Iterator
from math import isnan

from studbook.animals.models import Animal
from studbook.core.templatetags.studbook import age, change, coefficient, kilometres, percent
from studbook.population.analysis import AnimalGenetics
from studbook.population.breeders import AGE_UNKNOWN, LIMIT_UNKNOWN, TOO_OLD, TOO_YOUNG, Breeder, Limits
from studbook.population.explanation import PairExplanation
from studbook.programmes.models import Programme

GONE_WORDS = {
    Animal.Status.DEAD.value: "dead",
    Animal.Status.RELEASED.value: "released",
    Animal.Status.LOST.value: "lost to follow-up",
}


def pair_sentences(programme: Programme, pair: PairExplanation) -> Iterator[str]:
    """Yield what a pair's numbers mean, the most important first. Only for a pair that was not refused."""
    yield _effect(pair)
    yield _inbreeding(programme, pair)
    yield from _standing(pair)
    yield _ancestry(pair)
    yield _place(pair)


def _effect(pair: PairExplanation) -> str:
    if pair.row is None or pair.what_if is None:
        return ""
    delta, before = pair.row.numbers.delta_gd, 1 - pair.what_if.mean_kinship_before
    if not round(delta, 5):
        return f"One young of theirs would leave the population's gene diversity at {percent(before, 3)}."
    verb = "raise" if delta > 0 else "lower"
    return (
        f"One young of theirs would {verb} the population's gene diversity by {change(delta).lstrip('+−')}, "
        f"from {percent(before, 3)} to {percent(before + delta, 3)}."
    )


def _inbreeding(programme: Programme, pair: PairExplanation) -> str:
    if pair.row is None:
        return ""
    f = pair.row.numbers.f_offspring
    if not pair.ancestors:
        return "Their young would not be inbred: sire and dam have no common ancestor in this book."
    through = _through(pair)
    against = "not below" if pair.row.above_limit else "below"
    limit = coefficient(programme.offspring_inbreeding_limit)
    return (
        f"Their young would have inbreeding {coefficient(f)}, {through}. That is {_beside_mean(f, pair)}"
        f"{against} the programme's limit of {limit}."
    )


def _through(pair: PairExplanation) -> str:
    first, many = pair.ancestors[0], len(pair.ancestors)
    if many == 1:
        return f"all of it through animal {first.animal}"
    share = percent(first.part, 0)
    return f"through {many} common ancestors, the largest share ({share}) through animal {first.animal}"


def _beside_mean(f: float, pair: PairExplanation) -> str:
    mean = pair.mean_inbreeding
    # Founders have no inbreeding to speak of, so a population of founders has no mean.
    if mean is None or isnan(mean):
        return ""
    return f"{'more' if f > mean else 'less'} than the mean of the living ({coefficient(mean)}) and "


def _standing(pair: PairExplanation) -> Iterator[str]:
    if pair.row is None or pair.mean_kinship is None:
        return
    for breeder, genetics, noun in (
        (pair.row.sire, pair.sire_genetics, "males"),
        (pair.row.dam, pair.dam_genetics, "females"),
    ):
        if genetics is not None:
            yield _rarity(breeder, genetics, noun, pair.mean_kinship) if breeder.alive else _dead(pair)


def _rarity(breeder: Breeder, genetics: AnimalGenetics, noun: str, mean: float) -> str:
    own = genetics.mean_kinship or 0.0
    rare = "below" if own < mean else "above"
    meaning = "rarer" if own < mean else "more common"
    return (
        f"{breeder.animal} has mean kinship {coefficient(own)}, {rare} the population's {coefficient(mean)}: its genes "
        f"are {meaning} than the average animal's. It is number {genetics.rank} of {genetics.ranked} living {noun}, "
        "the rarest first."
    )


def _dead(pair: PairExplanation) -> str:
    """Tell what a donor that is gone would bring back; his own genes count not among the living."""
    if pair.row is None or pair.mean_kinship is None:
        return ""
    own, mean = pair.row.numbers.mk_sire, pair.mean_kinship
    rare = "below" if own < mean else "not below"
    return (
        f"{pair.sire} {_gone(pair.sire)} and counts no more among the living. His mean kinship to them is {coefficient(own)}, {rare} the "
        f"population's {coefficient(mean)}."
    )


def _gone(animal: Animal) -> str:
    words = GONE_WORDS[animal.status]
    return f"was {words}" if animal.status == Animal.Status.RELEASED else f"is {words}"


def _ancestry(pair: PairExplanation) -> str:
    if pair.row is None:
        return ""
    unknown = pair.row.numbers.unknown_ancestry
    if unknown == 0:
        return "Every ancestor of both is traced to wild founders."
    return (
        f"Of the ancestry of the two {percent(unknown)} is not known and counts as unrelated, so their true "
        "inbreeding and mean kinships may be higher."
    )


def _place(pair: PairExplanation) -> str:
    if pair.row is None:
        return ""
    sire, dam = pair.row.sire, pair.row.dam
    if pair.row.together:
        return f"Both live at {sire.holder}: no animal needs to move."
    km = pair.row.distance_km
    apart = f"{kilometres(km)} apart" if km is not None else "at a distance that is not known"
    return f"{_at(sire)} and {_at(dam)}, {apart}."


def _at(breeder: Breeder) -> str:
    if not breeder.alive:
        return f"Semen of {breeder.animal} is at {breeder.holder}"
    return f"{breeder.animal} lives at {breeder.holder or 'a place that is not recorded'}"


def age_sentence(breeder: Breeder, limits: Limits) -> str:
    """Tell an animal's age beside the breeding ages the programme sets for its sex."""
    if not breeder.alive:
        stock = "1 dose of his semen is" if breeder.doses == 1 else f"{breeder.doses} doses of his semen are"
        return f"{GONE_WORDS[breeder.animal.status]}; {stock} in store, and no age limits that."
    first = f"{limits.first:.1f}" if limits.first is not None else "not set"
    last = f"{limits.last}" if limits.last is not None else "not set"
    verdict = {
        TOO_YOUNG: "too young to be ranked",
        TOO_OLD: "too old to be ranked",
        AGE_UNKNOWN: "its birth date is not known, so it is ranked all the same",
        LIMIT_UNKNOWN: "the programme sets no limit on one side",
    }.get(breeder.age_mark, "within the breeding ages")
    return f"{age(breeder.age)} old; breeding ages {first} to {last} years: {verdict}."
