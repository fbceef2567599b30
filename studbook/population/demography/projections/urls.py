from django.urls import path

from studbook.population.demography.projections import result_views, views

SCENARIO = "demography/projections/<int:pk>/"
JOB = SCENARIO + "runs/<int:job>/"

urlpatterns = [
    path("demography/projections/", views.projections, name="projections"),
    path("demography/projections/compare/", result_views.projections_compare, name="projections_compare"),
    path("demography/projections/run/", views.projections_run, name="projections_run"),
    path("demography/projections/new/", views.scenario_new, name="scenario_new"),
    path(SCENARIO, views.scenario, name="scenario"),
    path(SCENARIO + "edit/", views.scenario_edit, name="scenario_edit"),
    path(SCENARIO + "archive/", views.scenario_archive, name="scenario_archive"),
    path(SCENARIO + "restore/", views.scenario_restore, name="scenario_restore"),
    path(SCENARIO + "variants/", views.scenario_copies, name="scenario_copies"),
    path(JOB, result_views.scenario_projection, name="scenario_projection"),
    path(JOB + "cancel/", result_views.scenario_projection_cancel, name="scenario_projection_cancel"),
    path(JOB + "resume/", result_views.scenario_projection_resume, name="scenario_projection_resume"),
    path(JOB + "summary.csv", result_views.scenario_summary_csv, name="scenario_summary_csv"),
    path(JOB + "summary.xlsx", result_views.scenario_summary_xlsx, name="scenario_summary_xlsx"),
    path(JOB + "runs.csv", result_views.scenario_runs_csv, name="scenario_runs_csv"),
]
