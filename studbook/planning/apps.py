from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "studbook.planning"

    def ready(self) -> None:
        from studbook.animals.entry.mate import advise_mates
        from studbook.core.jobs.kinds import add_kind
        from studbook.core.panels import Panel, add_panel
        from studbook.planning import panels
        from studbook.planning.mates import recommended_mates
        from studbook.planning.merging import follow_merges
        from studbook.planning.optimal.work import OPTIMAL
        from studbook.planning.parents_panel import parents_panel

        add_kind(OPTIMAL)
        follow_merges()
        advise_mates(recommended_mates)
        add_panel("parents", Panel(50, "planning/_parents_panel.html", parents_panel))
        add_panel("pair", Panel(50, "planning/_pair_panel.html", panels.pair_panel))
        add_panel("animal", Panel(50, "planning/_animal_panel.html", panels.animal_panel))
        add_panel("dashboard", Panel(50, "planning/_dashboard_panel.html", panels.dashboard_panel))
