"""What the words and figures of the printed plan mean, how each number is made, what the reader must know."""

from typing import Final

from django.urls import reverse

from studbook.planning.paper.blocks import Made, Section, Term, Terms, Text
from studbook.planning.report_text import DEFINITIONS, DISCLAIMER
from studbook.programmes.algorithms import listed

OF_REPORT: Final = dict(DEFINITIONS)

TERMS: Final = (
    ("Age", OF_REPORT["Age"], ""),
    ("Allele retention", "The share of a founder's genes that at least one living animal still carries.", "allele-retention"),
    ("Ancestry certain", "As ancestry known, where one of several possible parents counts as not known.", "certain-fraction"),
    ("Ancestry known", "The share of the genes that can be traced to recorded founders. Before: in the book as recorded; after: under the overlays of this plan.", "known-fraction"),
    ("Births wanted", "The births that the life tables ask for, from the ages of now, for a size to be held or reached.", "births-needed"),
    ("Breeding", "BREED WITH: the pair is recommended. IF POSSIBLE: it may breed where it costs no better pair its chance. DO NOT BREED: no young are wanted. SEE NOTES: the notes say it.", ""),
    ("Change in gene diversity", OF_REPORT["Change in gene diversity"], "what-if"),
    ("Disposition", "HOLD: the animal stays. SEND TO: it moves to the location named. RECEIVE FROM: it comes from there.", ""),
    ("Effective size (Ne)", "4·Nm·Nf / (Nm + Nf) of the living that ever bred; Ne/N is its share of the living.", "effective-size"),
    ("Founder", "An ancestor without recorded parents; each unknown parent counts as one of its own.", "founder-contribution"),
    ("Founder genome equivalents (FGE)", OF_REPORT["Founder genome equivalents (FGE)"], "founder-genome-equivalents"),
    ("Gene diversity (GD)", OF_REPORT["Gene diversity (GD)"], "gene-diversity"),
    ("Generation time (T)", "Years from one generation to the next, by the life table.", "growth-rate"),
    ("Inbreeding (F)", "The kinship of an animal's parents; for a pair that of their young.", "inbreeding"),
    ("Kinship", "The probability that an allele drawn at random from one animal and one drawn from the other are copies of the same allele of a common ancestor.", "kinship"),
    ("Life table", "Qx: chance to die within the year of age x. Px: chance to live through it. lx: share alive at age x. Lx: share alive at its middle. Mx: young of its own sex in a year. Ex: years ahead. Vx: reproductive value. cx: share in a stable population.", "life-table"),
    ("Mean kinship (MK)", "The mean of an animal's kinships with all living animals measured, itself included. A low one marks a rare line.", "mean-kinship"),
    ("Potential gene diversity", "What the living could hold if every surviving founder gene were equally common: a ceiling that is never reached.", "potential-gene-diversity"),
    ("Projection of gene diversity", "Each year 1/(2 Ne T) of it is lost, Ne being Ne/N times the size of the year, without imports.", "gene-diversity-projection"),
    ("λ", "By what factor the population changes each year: above 1 it grows.", "growth-rate"),
)  # fmt: skip

COMPUTED: Final = (
    "The pages of the studbook under “How the numbers are made” hold the formula, the conventions and a worked example of each. What is "
    "printed of them here is their own words; the address is that of the page on the site of the studbook."
)
OF_A_PLAN: Final = (
    "A plan is a recommendation of the programme. Whether an animal moves or breeds is for its owner and holder to decide, with the "
    "permits and agreements that it needs."
)


def words_section() -> Section:
    """Return appendix H."""
    return Section(
        "definitions",
        "Appendix H. Definitions, and how each number is made",
        (Terms(tuple(Term(label, words, _made(page)) for label, words, page in TERMS)), Text((COMPUTED,))),
        breaks=True,
    )


def _made(page: str) -> Made | None:
    if not page:
        return None
    told = listed(page)
    return Made(told.title, told.question, told.formula, reverse("algorithm", args=[page]))


def disclaimer_section() -> Section:
    """Return appendix I."""
    return Section("disclaimer", "Appendix I. What to keep in mind", (Text((*DISCLAIMER, OF_A_PLAN)),))
