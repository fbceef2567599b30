from django.apps import AppConfig
from django.db.models import Q


class ReproductionConfig(AppConfig):
    name = "studbook.reproduction"

    def ready(self) -> None:
        from studbook.animals.correcting.pointing import rows_follow
        from studbook.animals.entry.kinds import offer_entry
        from studbook.animals.keeping import follow_deeds
        from studbook.core.panels import Panel, add_panel
        from studbook.programmes.access import find_things
        from studbook.reproduction import models, panels, sides
        from studbook.reproduction.pairings.entries import PAIRING_ENTRIES
        from studbook.reproduction.pairings.following import follow_pairs
        from studbook.reproduction.procedures.entries import PROCEDURE_ENTRIES

        find_things("pairing", sides.pairing_on_which)
        find_things("mating", sides.mating_on_which)
        find_things("procedure", sides.procedure_on_which)
        for entry in (*PAIRING_ENTRIES, *PROCEDURE_ENTRIES):
            offer_entry(entry)
        follow_deeds(follow_pairs)
        struck = Q(struck_at__isnull=False)
        for model in (models.Pairing, models.Mating, models.Procedure):
            rows_follow(model, closed=struck)
        for detail in (models.Insemination, models.GameteWork):
            rows_follow(detail, closed=Q(procedure__struck_at__isnull=False))
        add_panel("animal", Panel(8, "reproduction/_animal_panel.html", panels.animal_panel))
        add_panel("institution", Panel(8, "reproduction/_institution_panel.html", panels.institution_panel))
        add_panel("dashboard", Panel(8, "reproduction/_dashboard_panel.html", panels.dashboard_panel))
