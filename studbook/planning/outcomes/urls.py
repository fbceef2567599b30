from django.urls import path

from studbook.planning.outcomes import views

urlpatterns = [
    path("outcomes/", views.outcomes, name="outcomes"),
    path("outcomes/export.csv", views.outcomes_csv, name="outcomes_csv"),
    path("outcomes/export.xlsx", views.outcomes_xlsx, name="outcomes_xlsx"),
    path("outcomes/success/", views.success_rates, name="success_rates"),
    path("outcomes/success/export.csv", views.success_rates_csv, name="success_rates_csv"),
    path("outcomes/success/export.xlsx", views.success_rates_xlsx, name="success_rates_xlsx"),
    path("outcomes/<slug:key>/tell/", views.outcome_tell, name="outcome_tell"),
]
