"""Which animals the kinship map shows, and in which order."""

from typing import Any

from django import forms

from studbook.population.genetics.kinship_map import ORDERS, KinshipMap, Mapped

SHOWN = {
    "": "all against all",
    "pairs": "males against females",
    "M": "males only",
    "F": "females only",
}
NO_HOLDER = 0


class KinshipMapForm(forms.Form):
    """Every field is optional; one that cannot be read is said so, and nothing is drawn."""

    order = forms.ChoiceField(label="In order of", required=False, choices=list(ORDERS.items()))
    shown = forms.ChoiceField(label="Animals", required=False, choices=list(SHOWN.items()))
    institution = forms.TypedChoiceField(label="Living at", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, every: KinshipMap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.every = every
        holders = {animal.holder.pk: animal.holder.name for animal in every.animals if animal.holder}
        field = self.fields["institution"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", "any institution"),
                *sorted(holders.items(), key=lambda holder: holder[1]),
                (NO_HOLDER, "no recorded place"),
            ]

    def narrowed(self) -> KinshipMap:
        """Return the map that is asked for; an empty one where the form cannot be read."""
        if not self.is_valid():
            return self.every.kept(lambda animal: False)
        kept = self.every.kept(self._wanted).ordered(self.cleaned_data["order"] or "lineage")
        return kept.mated() if self.cleaned_data["shown"] == "pairs" else kept

    def _wanted(self, animal: Mapped) -> bool:
        shown, holder = self.cleaned_data["shown"], self.cleaned_data["institution"]
        sexes = {"": "MFU", "pairs": "MF"}.get(shown, shown)
        return animal.sex in sexes and holder in (None, animal.holder.pk if animal.holder else NO_HOLDER)
