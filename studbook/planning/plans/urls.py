from django.urls import path

from studbook.planning.plans import row_views, step_views, views

urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/export.csv", views.plans_csv, name="plans_csv"),
    path("plans/export.xlsx", views.plans_xlsx, name="plans_xlsx"),
    path("plans/new/", views.plan_new, name="plan_new"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/edit/", views.plan_edit, name="plan_edit"),
    path("plans/<int:pk>/rows.csv", views.plan_rows_csv, name="plan_rows_csv"),
    path("plans/<int:pk>/rows.xlsx", views.plan_rows_xlsx, name="plan_rows_xlsx"),
    path("plans/<int:pk>/animals/add/", row_views.plan_row_new, name="plan_row_new"),
    path("plans/<int:pk>/animals/everybody-else/", row_views.plan_fill_in, name="plan_fill_in"),
    path("plans/<int:pk>/animals/<int:row_pk>/", row_views.plan_row, name="plan_row"),
    path("plans/<int:pk>/animals/<int:row_pk>/remove/", row_views.plan_row_remove, name="plan_row_remove"),
    path("plans/<int:pk>/pairs/<int:pair_pk>/", row_views.plan_pair, name="plan_pair"),
    path("plans/<int:pk>/steps/<str:phase>/", step_views.plan_step, name="plan_step"),
    path("plans/<int:pk>/versions/", step_views.plan_versions, name="plan_versions"),
    path("plans/<int:pk>/versions/<int:version>/", step_views.plan_version, name="plan_version"),
]
