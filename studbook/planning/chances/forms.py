"""How the list of pairs by expected gain is narrowed: by some of the filters of the list of pairs."""

from django import forms

from studbook.population.pair_forms import PairFilterForm
from studbook.population.pairs import PairList


class GainFilterForm(PairFilterForm):
    """The often used filters of pairs, and whether both must live at one place already."""

    together = forms.BooleanField(label="At one place already", required=False)

    def narrowed(self, pairs: PairList) -> PairList:
        """Return the pairs that pass; none where the filter cannot be read."""
        found = super().narrowed(pairs)
        if not (self.is_valid() and self.cleaned_data["together"]):
            return found
        holder = pairs.places.holder
        sire, dam = holder[pairs.table.sire], holder[pairs.table.dam]
        return found.kept((sire == dam) & (sire > 0))
