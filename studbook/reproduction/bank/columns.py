"""The columns of the list of samples and of the ledger, for the page and its files."""

from studbook.core.downloads import iso
from studbook.core.lists import Column, Columns
from studbook.reproduction.models import Sample, SampleStep

CELLS = "reproduction/bank/cells"


def _percent(sample: Sample) -> float | None:
    return None if sample.motile_percent is None else float(sample.motile_percent)


def _million(sample: Sample) -> float | None:
    return None if sample.million_per_unit is None else float(sample.million_per_unit)


SAMPLE_COLUMNS: Columns[Sample] = Columns(
    (
        Column("label", "Label", lambda row: row.label, f"{CELLS}/label.html", order="label", css="bank-label-cell"),
        Column(
            "donor", "Donor", lambda row: row.donor.studbook_number, f"{CELLS}/donor.html", order="donor"
        ),
        Column("donor_name", "Donor’s name", lambda row: row.donor.house_name),
        Column("donor_status", "Donor is", lambda row: row.donor.get_status_display()),
        Column("kind", "Kind", lambda row: row.get_kind_display(), order="kind"),
        Column(
            "collected", "Collected", lambda row: str(row.collected or ""), order="collected", css="nowrap tabular"
        ),
        Column("left", "Left", lambda row: row.units, order="left", css="number"),
        Column("stored", "Stored", lambda row: row.units_stored, css="number"),
        Column("unit", "Kept in", lambda row: row.get_unit_display()),
        Column("doses", "Doses", lambda row: row.doses, f"{CELLS}/doses.html", css="number"),
        Column("account", "Account", lambda row: row.get_account_display(), f"{CELLS}/account.html", order="account"),
        Column("institution", "Stored at", lambda row: row.institution.name, order="institution", css="words"),
        Column("tank", "Tank", lambda row: row.tank),
        Column("canister", "Canister", lambda row: row.canister),
        Column("position", "Position", lambda row: row.position),
        Column("owner", "Owner", lambda row: row.owner.name, order="owner", css="words"),
        Column("motile_percent", "Motile after thawing, %", _percent, css="number"),
        Column("million_per_unit", "Million in each", _million, css="number"),
        Column("quality", "Quality", lambda row: row.quality, css="words"),
        Column("medium", "Medium", lambda row: row.medium),
        Column("embryo_sire", "Sire, of embryos", lambda row: row.embryo_sire.studbook_number if row.embryo_sire else ""),
        Column("split_from", "Part of", lambda row: row.split_from.label if row.split_from else ""),
        Column("note", "Note", lambda row: row.note, css="words"),
        Column("struck_out", "Struck out", lambda row: row.struck_why),
    ),
    ("label", "donor", "kind", "collected", "left", "doses", "account", "institution", "tank", "position"),
)  # fmt: skip

ORDERS: dict[str, tuple[str, ...]] = {
    "label": ("label", "pk"),
    "donor": ("donor__number_order", "donor__studbook_number", "label", "pk"),
    "kind": ("kind", "donor__number_order", "label", "pk"),
    "collected": ("collected_earliest", "label", "pk"),
    "left": ("units", "label", "pk"),
    "account": ("account", "donor__number_order", "label", "pk"),
    "institution": ("institution__name", *Sample.WITHIN, "label", "pk"),
    "owner": ("owner__name", "label", "pk"),
}
DEFAULT_ORDER = "donor"

LEDGER_COLUMNS: Columns[SampleStep] = Columns(
    (
        Column("label", "Label", lambda row: row.sample.label),
        Column("donor", "Donor", lambda row: row.sample.donor.studbook_number),
        Column("kind", "Kind", lambda row: row.sample.get_kind_display()),
        Column("step", "Step", lambda row: row.get_kind_display()),
        Column("on", "On", lambda row: iso(row.on)),
        Column("change", "Change", lambda row: row.change),
        Column("was", "Before", lambda row: row.was),
        Column("becomes", "After", lambda row: row.becomes),
        Column("institution", "Institution", lambda row: row.institution.name if row.institution else ""),
        Column("procedure", "Procedure", lambda row: str(row.procedure) if row.procedure else ""),
        Column("reason", "Reason", lambda row: row.reason),
        Column("by", "By", lambda row: str(row.by or "")),
        Column("written", "Written", lambda row: row.at.isoformat(timespec="seconds")),
    ),
    ("label", "donor", "step", "on", "change"),
)
