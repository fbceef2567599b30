"""Table 1, demography, and Table 2, genetics: this plan, the former ones, and what could be."""

from collections.abc import Callable, Sequence

from studbook.core.templatetags.studbook import NOTHING, coefficient, decimals, percent
from studbook.planning.paper.blocks import RIGHT, Cell, Column, Table, row
from studbook.planning.paper.headline import headline_of
from studbook.planning.paper.plain import Plain
from studbook.planning.paper.written import by_sex, census, one, share, tenth_share, three, two
from studbook.planning.report_text import NOT_SET

Line = tuple[str, Callable[[Plain], Cell]]

MANY, ROOM = 4, 12.9


def demography_table(inputs: Plain, figures: Plain) -> Table:
    """Return Table 1."""
    headlines = [headline_of(figures), *_former(inputs)]
    programme = inputs["book"]["programme"]
    return Table(
        columns=_columns(inputs, potential=False),
        rows=tuple(
            row(label, *(_safe(words, each) for each in headlines)) for label, words in _demography(programme)
        ),
        title="Table 1. Demography",
        note="♂ males, ♀ females. Animals are written males.females.unknown. The life tables are those of the whole book, by "
        "mid-class survivorship. λ projected: the mean of the years ahead from the ages of now, by the rates of the life tables, "
        "without chance. How each figure is made is told in the appendix of definitions." + _by_book(inputs),
        sheet="Demography",
        small=len(headlines) >= MANY,
    )


def genetics_table(inputs: Plain, figures: Plain) -> Table:
    """Return Table 2."""
    headlines = [headline_of(figures), *_former(inputs)]
    potential = figures["genetics"]["potential"]
    return Table(
        columns=_columns(inputs, potential=True),
        rows=tuple(
            row(label, *(_safe(words, each) for each in headlines), _potential(name, potential))
            for label, name, words in _genetics(figures["goals"])
        ),
        title="Table 2. Genetics",
        note="Unknown parents count as unrelated founders. Potential: what the living could hold if every founder gene that "
        "survives were equally common. The years to come are those of a size that is held, by the assumptions of the last row."
        + _by_book(inputs),
        sheet="Genetics",
        small=len(headlines) >= MANY - 1,
    )


def _columns(inputs: Plain, *, potential: bool) -> tuple[Column, ...]:
    heads = ["This plan", *(_title(each) for each in inputs["former"] if each["headline"])]
    heads += ["Potential"] if potential else []
    # A few columns take what they need; many share what the labels leave of a page of 17.4 cm.
    width = "auto" if len(heads) < MANY else f"{ROOM / len(heads):.2f}cm"
    return Column("", width="1fr"), *(Column(head, RIGHT, width, letters=18) for head in heads)


def _title(former: Plain) -> str:
    return f"{former['title']} *" if former.get("by_book") else str(former["title"])


def _by_book(inputs: Plain) -> str:
    """Say what the star at a former plan means, where there is one."""
    if not any(each.get("by_book") and each["headline"] for each in inputs["former"]):
        return ""
    return (
        " * From before this book: the population recorded on the day that plan began, by the records of today; "
        "what these do not tell is left open."
    )


def _former(inputs: Plain) -> list[Plain]:
    return [each["headline"] for each in inputs["former"] if each["headline"]]


def _safe(words: Callable[[Plain], Cell], headline: Plain) -> Cell:
    """Return a figure of a plan; a dash where that plan does not have it."""
    try:
        return words(headline)
    except (KeyError, TypeError, IndexError):
        return Cell(NOTHING)


def _demography(programme: Plain) -> Sequence[Line]:
    return (
        ("Animals", lambda told: _census(told["genetics"]["census"]["recorded"])),
        ("Excluded", lambda told: _excluded(told["genetics"]["census"])),
        ("Animals after exclusion", lambda told: _census(told["genetics"]["census"]["measured"])),
        ("Target size", lambda told: _whole(told["goals"]["target"], NOT_SET)),
        ("Generation time T (years)", lambda told: Cell(by_sex(told["demography"]["interval"], one))),
        ("λ by the life table", lambda told: _three(told["demography"]["growth"]["all"])),
        ("λ observed over 5 years", lambda told: _three(told["demography"]["observed_growth"])),
        ("λ projected over 20 years", lambda told: _three(told["demography"]["projected_growth"])),
        (
            "Dead within the first year",
            lambda told: Cell(by_sex(told["demography"]["first_year"], tenth_share)),
        ),
        (
            "Median life after the first year (years)",
            lambda told: Cell(by_sex(told["demography"]["median_life"], one)),
        ),
        ("Record age (years)", lambda told: Cell(by_sex(told["demography"]["oldest"], _oldest))),
        (
            "Ages at which animals bred (years)",
            lambda told: Cell(by_sex(told["demography"]["breeding"], _span)),
        ),
        ("Gestation (days)", lambda told: Cell(_gestation(programme))),
        ("Median litter", lambda told: Cell(one(told["demography"]["litter_median"]))),
        ("Born in zoos", lambda told: _percent(told["demography"]["born_in_zoos"])),
        ("Facilities", lambda told: _whole(told["demography"]["holders"])),
    )


def _genetics(goals: Plain) -> Sequence[tuple[str, str, Callable[[Plain], Cell]]]:
    goal, years = percent(goals["goal"], 0), goals["years"]
    return (
        ("Founders", "", lambda told: _whole(told["genetics"]["current"]["founders"])),
        (
            "Founder genome equivalents",
            "founder_genome_equivalents",
            lambda told: _current(told, "founder_genome_equivalents", two),
        ),
        ("Gene diversity", "gene_diversity", lambda told: _current(told, "gene_diversity", share)),
        ("Mean kinship", "mean_kinship", lambda told: _current(told, "mean_kinship", coefficient)),
        ("Mean inbreeding F", "", lambda told: _current(told, "mean_inbreeding", coefficient)),
        ("Ne / N", "", lambda told: _current(told, "effective_ratio", _four)),
        (
            "Ancestry known before / after assumptions",
            "",
            lambda told: Cell(_before_after(told, "known_before", "known")),
        ),
        (
            "Ancestry certain before / after assumptions",
            "",
            lambda told: Cell(_before_after(told, "certain_before", "certain")),
        ),
        (f"Years to {goal}", "", lambda told: _years(told["genetics"]["projected"]["years_to_goal"])),
        (
            "Years to a loss of 10 points",
            "",
            lambda told: _years(told["genetics"]["projected"]["years_to_loss"]),
        ),
        (f"Gene diversity in {years} years", "", lambda told: _projected(told, "at_the_end")),
        ("Gene diversity in 10 generations", "", lambda told: _projected(told, "ten_generations")),
        ("Assumed: λ, target, T, N, Ne / N", "", lambda told: Cell(_assumed(told["goals"]))),
    )


def _potential(name: str, potential: Plain | None) -> Cell:
    shown = {
        "founder_genome_equivalents": two,
        "gene_diversity": share,
        "mean_kinship": coefficient,
    }.get(name)
    return Cell(shown(potential[name]), potential[name]) if shown and potential else Cell("")


def _current(told: Plain, name: str, shown: Callable[[float | None], str]) -> Cell:
    value = told["genetics"]["current"][name]
    return Cell(shown(value), value)


def _projected(told: Plain, name: str) -> Cell:
    value = told["genetics"]["projected"][name]
    return Cell(share(value), value)


def _before_after(told: Plain, before: str, after: str) -> str:
    first, second = told["genetics"][before], told["genetics"]["current"][after]
    return f"{tenth_share(first).removesuffix(' %')} / {tenth_share(second)}"


def _assumed(goals: Plain) -> str:
    told = goals["assumed"]
    target = NOT_SET if goals["target"] is None else f"{goals['target']:,}"
    return f"1 (held), {target}, {one(told['interval'])}, {goals['size']:,}, {three(told['ratio'])}"


def _census(told: Plain) -> Cell:
    return Cell(census(told), told["total"])


def _excluded(told: Plain) -> Cell:
    return _whole(told["recorded"]["total"] - told["measured"]["total"])


def _three(value: float | None) -> Cell:
    return Cell(three(value), value)


def _oldest(told: Plain | None) -> str:
    return NOTHING if told is None else one(told["age"])


def _span(told: Sequence[float] | None) -> str:
    return NOTHING if told is None else f"{told[0]:.1f}–{told[1]:.1f}"


def _gestation(programme: Plain) -> str:
    mean = programme["gestation_days_mean"]
    low, high = programme["gestation_days_min"], programme["gestation_days_max"]
    span = f"{low}–{high}" if low is not None and high is not None else ""
    if mean is None:
        return span or NOT_SET
    return f"{mean} ({span})" if span else f"{mean}"


def _percent(value: float | None) -> Cell:
    return Cell(tenth_share(value), value)


def _whole(value: float | None, nothing: str = NOTHING) -> Cell:
    return Cell(nothing if value is None else f"{value:,.0f}", value)


def _years(value: int | None) -> Cell:
    return Cell("over 1,000" if value is None else f"{value:,}", value)


def _four(value: float | None) -> str:
    return decimals(value, 4)
