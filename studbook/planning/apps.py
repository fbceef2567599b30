from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "studbook.planning"

    def ready(self) -> None:
        from studbook.animals.entry.mate import advise_mates
        from studbook.core.jobs.kinds import add_kind
        from studbook.core.panels import Panel, add_panel
        from studbook.planning import panels
        from studbook.planning.answers.panels import answer_marks, asked_panel, followed_panel
        from studbook.planning.answers.zoos import zoo_on_which
        from studbook.planning.chances.panels import chance_panel
        from studbook.planning.mates import recommended_mates
        from studbook.planning.merging import follow_merges
        from studbook.planning.optimal.work import OPTIMAL
        from studbook.planning.outcomes.demonstration import add_former_plans
        from studbook.planning.outcomes.marks import pair_marks, row_marks
        from studbook.planning.paper.panels import plan_panel, version_panel
        from studbook.planning.parents_panel import parents_panel
        from studbook.planning.plans.marks import PAIR, ROW, Mark, add_mark
        from studbook.programmes.access import find_things
        from studbook.programmes.demonstration import add_to_demonstration

        add_kind(OPTIMAL)
        follow_merges()
        add_to_demonstration(add_former_plans)
        find_things("zoo", zoo_on_which)
        advise_mates(recommended_mates)
        add_panel("parents", Panel(50, "planning/_parents_panel.html", parents_panel))
        add_panel("pair", Panel(40, "planning/chances/_pair_panel.html", chance_panel))
        add_panel("pair", Panel(50, "planning/_pair_panel.html", panels.pair_panel))
        add_panel("animal", Panel(50, "planning/_animal_panel.html", panels.animal_panel))
        add_panel("institution", Panel(50, "planning/_institution_panel.html", panels.institution_panel))
        add_panel("dashboard", Panel(50, "planning/_dashboard_panel.html", panels.dashboard_panel))
        add_panel("plan", Panel(40, "planning/paper/_forms_panel.html", plan_panel))
        add_panel("plan_version", Panel(40, "planning/paper/_forms_panel.html", version_panel))
        add_panel("dashboard", Panel(4, "planning/answers/_asked_panel.html", asked_panel))
        add_panel("plan", Panel(30, "planning/answers/_followed_panel.html", followed_panel))
        add_mark(ROW, Mark(10, "planning/answers/_marks.html", answer_marks))
        add_mark(ROW, Mark(20, "planning/outcomes/_marks.html", row_marks))
        add_mark(PAIR, Mark(20, "planning/outcomes/_marks.html", pair_marks))
