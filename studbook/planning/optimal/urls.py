from django.urls import path

from studbook.planning.optimal import result_views, views

PLAN = "optimal-plans/<int:pk>/"

urlpatterns = [
    path("optimal-plans/", views.optimal_plans, name="optimal_plans"),
    path("optimal-plans/new/", views.optimal_plan_new, name="optimal_plan_new"),
    path("optimal-plans/compare/", result_views.optimal_plans_compare, name="optimal_plans_compare"),
    path(PLAN, views.optimal_plan, name="optimal_plan"),
    path(PLAN + "edit/", views.optimal_plan_edit, name="optimal_plan_edit"),
    path(PLAN + "archive/", views.optimal_plan_archive, name="optimal_plan_archive"),
    path(PLAN + "restore/", views.optimal_plan_restore, name="optimal_plan_restore"),
    path(PLAN + "solve/", views.optimal_plan_solve, name="optimal_plan_solve"),
    path(PLAN + "cancel/", result_views.optimal_plan_cancel, name="optimal_plan_cancel"),
    path(PLAN + "take-over/", result_views.optimal_plan_take_over, name="optimal_plan_take_over"),
    path(PLAN + "pairs.csv", result_views.optimal_plan_csv, name="optimal_plan_csv"),
    path(PLAN + "pairs.xlsx", result_views.optimal_plan_xlsx, name="optimal_plan_xlsx"),
]
