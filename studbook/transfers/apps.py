from django.apps import AppConfig
from django.db.models import Q


class TransfersConfig(AppConfig):
    name = "studbook.transfers"

    def ready(self) -> None:
        from studbook.animals.correcting.pointing import rows_follow
        from studbook.animals.correcting.undoing import stays_in_undo
        from studbook.animals.keeping import follow_deeds
        from studbook.core.panels import Panel, add_panel
        from studbook.programmes.access import find_things
        from studbook.programmes.demonstration import add_to_demonstration
        from studbook.transfers import panels
        from studbook.transfers.demonstration import add_transfers
        from studbook.transfers.ending import leave_transfers
        from studbook.transfers.following import follow_arrivals
        from studbook.transfers.models import Transfer, TransferAnimal, TransferStep
        from studbook.transfers.sides import transfer_on_which

        find_things("transfer", transfer_on_which)
        # first: an animal that is again on its way, and is dead, leaves its transfer
        follow_deeds(follow_arrivals)
        follow_deeds(leave_transfers)
        stays_in_undo(Transfer, TransferStep)
        rows_follow(TransferAnimal, closed=Q(open=False))
        add_to_demonstration(add_transfers)
        add_panel("animal", Panel(4, "transfers/_animal_panel.html", panels.animal_panel))
        add_panel("institution", Panel(5, "transfers/_institution_panel.html", panels.institution_panel))
        add_panel("dashboard", Panel(6, "transfers/_dashboard_panel.html", panels.dashboard_panel))
