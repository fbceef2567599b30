"""The columns of the list of transfers, for the page and its files."""

from studbook.core.downloads import iso
from studbook.core.lists import Column, Columns
from studbook.transfers.queries import TransferRow

CELLS = "transfers/cells"


def _animals(row: TransferRow) -> str:
    return ";".join(line.animal.studbook_number for line in row.transfer.lines.all())


TRANSFER_COLUMNS: Columns[TransferRow] = Columns(
    (
        Column("transfer", "Transfer", lambda row: row.transfer.pk, f"{CELLS}/number.html", order="number"),
        Column("animals", "Animals", _animals, f"{CELLS}/animals.html"),
        Column("sender", "From", lambda row: row.transfer.sender.name, order="sender", css="words"),
        Column("receiver", "To", lambda row: row.transfer.receiver.name, order="receiver", css="words"),
        Column("terms", "Terms", lambda row: row.transfer.get_terms_display(), order="terms"),
        Column(
            "state",
            "State",
            lambda row: row.transfer.get_state_display(),
            f"{CELLS}/state.html",
            order="state",
        ),
        Column(
            "waits_for",
            "Waits for",
            lambda row: ";".join(map(str, row.waiting)),
            f"{CELLS}/waiting.html",
            css="wide",
        ),
        Column("next_step", "Next step", lambda row: row.next_step),
        Column(
            "due",
            "Due",
            lambda row: iso(row.transfer.due_on),
            f"{CELLS}/due.html",
            order="due",
            css="nowrap tabular",
        ),
        Column("overdue", "Overdue", lambda row: "yes" if row.overdue else "no"),
        Column(
            "since",
            "Since",
            lambda row: iso(row.transfer.state_since.date()),
            order="since",
            css="nowrap tabular",
        ),
        Column(
            "proposed",
            "Proposed",
            lambda row: iso(row.transfer.proposed_at.date()),
            order="proposed",
            css="nowrap tabular",
        ),
        Column(
            "to_be_done_by", "To be done by", lambda row: iso(row.transfer.lapses_on), css="nowrap tabular"
        ),
        Column(
            "day_of_travel", "Day of travel", lambda row: iso(row.transfer.planned_on), css="nowrap tabular"
        ),
        Column("sent", "Sent", lambda row: iso(row.transfer.sent_on), css="nowrap tabular"),
        Column(
            "arrived",
            "Arrived",
            lambda row: str(row.transfer.arrival or ""),
            order="arrival",
            css="nowrap tabular",
        ),
        Column(
            "young",
            "Ownership of the young",
            lambda row: row.transfer.get_young_display() if row.transfer.young else "",
        ),
        Column(
            "exit_reason",
            "Why it ended",
            lambda row: row.transfer.get_exit_reason_display() if row.transfer.exit_reason else "",
        ),
        Column("note", "Note", lambda row: row.transfer.note, css="words"),
    ),
    ("transfer", "animals", "sender", "receiver", "terms", "state", "waits_for", "due"),
)
