from django.urls import path

from studbook.population.bank import next_views, views

urlpatterns = [
    path("genetics/bank/", views.bank_diversity, name="bank_diversity"),
    path("genetics/bank/export.csv", views.bank_diversity_csv, name="bank_diversity_csv"),
    path("genetics/bank/export.xlsx", views.bank_diversity_xlsx, name="bank_diversity_xlsx"),
    path("genetics/bank/next/", next_views.bank_next, name="bank_next"),
    path("genetics/bank/next/export.csv", next_views.bank_next_csv, name="bank_next_csv"),
    path("genetics/bank/next/export.xlsx", next_views.bank_next_xlsx, name="bank_next_xlsx"),
]
