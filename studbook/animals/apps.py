from django.apps import AppConfig


class AnimalsConfig(AppConfig):
    name = "studbook.animals"

    def ready(self) -> None:
        from studbook.animals.correcting.deeds import deed_on_which
        from studbook.animals.correcting.panels import ways_panel
        from studbook.animals.deed_rules import refuse_changed_sexes
        from studbook.animals.entry.observation_panels import daily_panel
        from studbook.animals.entry.pending_panels import dashboard_panel
        from studbook.animals.keeping import animal_on_which, follow_deeds
        from studbook.core.panels import Panel, add_panel
        from studbook.programmes.access import find_things

        find_things("animal", animal_on_which)
        find_things("deed", deed_on_which)
        follow_deeds(refuse_changed_sexes)
        # before the numbers: what was seen of the animal, and what waits for somebody
        add_panel("animal", Panel(5, "animals/entry/_daily.html", daily_panel))
        add_panel("animal", Panel(90, "animals/correcting/_ways.html", ways_panel))
        add_panel("dashboard", Panel(5, "animals/entry/_pending_panel.html", dashboard_panel))
