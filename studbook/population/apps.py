from django.apps import AppConfig


class PopulationConfig(AppConfig):
    name = "studbook.population"

    def ready(self) -> None:
        from studbook.animals.keeping import ask_rules
        from studbook.core.jobs.kinds import add_kind
        from studbook.core.panels import Panel, add_panel
        from studbook.population.baskets.panels import pair_into_basket
        from studbook.population.demography.projections.work import PROJECTION
        from studbook.population.genetics.lineage_panels import pair_lineages
        from studbook.population.merging import follow_merges
        from studbook.population.panels import animal_genetics, animal_mates, institution_genetics
        from studbook.population.rules import findings_among, findings_of_seen
        from studbook.population.rules_consequences import parents_panel

        add_kind(PROJECTION)
        ask_rules(findings_among, of_seen=findings_of_seen)
        follow_merges()
        add_panel("animal", Panel(10, "population/animal_panel.html", animal_genetics))
        # after what the plan recommends, which is decided and not only possible
        add_panel("animal", Panel(60, "population/mates_panel.html", animal_mates))
        add_panel("pair", Panel(60, "population/genetics/_lineage_pair_panel.html", pair_lineages))
        add_panel("pair", Panel(70, "population/baskets/_pair_panel.html", pair_into_basket))
        add_panel("parents", Panel(10, "population/parents_panel.html", parents_panel))
        add_panel("institution", Panel(10, "population/institution_panel.html", institution_genetics))
