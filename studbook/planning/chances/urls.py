from django.urls import path

from studbook.planning.chances import views

urlpatterns = [
    path("chances/", views.chances, name="chances"),
    path("chances/pairs/", views.chance_pairs, name="chance_pairs"),
    path("chances/pairs/export.csv", views.chance_pairs_csv, name="chance_pairs_csv"),
    path("chances/pairs/export.xlsx", views.chance_pairs_xlsx, name="chance_pairs_xlsx"),
    path("chances/<slug:kind>.csv", views.chances_csv, name="chances_csv"),
    path("chances/<slug:kind>.xlsx", views.chances_xlsx, name="chances_xlsx"),
]
