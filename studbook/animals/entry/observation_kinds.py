"""The kinds of observations that can be logged."""

from studbook.animals.entry import observation_forms as forms
from studbook.animals.entry import observations as deeds
from studbook.animals.entry.entry_kind import IDENTITY, OFTEN, REPRODUCTION, EntryKind

OBSERVATION_KINDS = {
    kind.slug: kind
    for kind in (
        EntryKind("weight", "weight", forms.WeightForm, deeds.log_weight, group=OFTEN),
        EntryKind("note", "note", forms.NoteForm, deeds.log_note, group=OFTEN),
        EntryKind("photo", "photo", forms.PhotoForm, deeds.log_photo, group=OFTEN, files=True),
        EntryKind("measurement", "measurement", forms.MeasurementForm, deeds.log_measurement, group=OFTEN),
        EntryKind(
            "reproduction",
            "reproductive status",
            forms.ReproductionForm,
            deeds.log_reproduction,
            group=REPRODUCTION,
        ),
        EntryKind(
            "contraception",
            "contraception",
            forms.ContraceptionForm,
            deeds.log_contraception,
            group=REPRODUCTION,
        ),
        EntryKind(
            "identification",
            "identification",
            forms.IdentificationForm,
            deeds.log_identification,
            group=IDENTITY,
        ),
        EntryKind("sex", "sex determined", forms.SexForm, deeds.log_sex, group=IDENTITY),
        EntryKind("rearing", "rearing", forms.RearingForm, deeds.log_rearing, group=IDENTITY),
    )
}
