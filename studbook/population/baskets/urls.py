from django.urls import path

from studbook.population.baskets import beside_views, dynamic_views, step_views, views

BASKETS = "genetics/baskets/"
BASKET = f"{BASKETS}<int:pk>/"
DYNAMIC = "genetics/dynamic/"

urlpatterns = [
    path(BASKETS, views.baskets, name="baskets"),
    path(f"{BASKETS}new/", views.basket_new, name="basket_new"),
    path(f"{BASKETS}pair/", step_views.basket_pair_add, name="basket_pair_add"),
    path(f"{BASKETS}beside/", beside_views.baskets_beside, name="baskets_beside"),
    path(f"{BASKETS}beside/export.csv", beside_views.baskets_beside_csv, name="baskets_beside_csv"),
    path(f"{BASKETS}beside/export.xlsx", beside_views.baskets_beside_xlsx, name="baskets_beside_xlsx"),
    path(BASKET, views.basket, name="basket"),
    path(f"{BASKET}edit/", views.basket_edit, name="basket_edit"),
    path(f"{BASKET}copy/", views.basket_copy, name="basket_copy"),
    path(f"{BASKET}archive/", views.basket_archive, name="basket_archive"),
    path(f"{BASKET}restore/", views.basket_restore, name="basket_restore"),
    path(f"{BASKET}undo/", step_views.basket_undo, name="basket_undo"),
    path(f"{BASKET}add/<slug:kind>/", step_views.basket_step_new, name="basket_step_new"),
    path(f"{BASKET}steps/<int:step_pk>/remove/", step_views.basket_step_remove, name="basket_step_remove"),
    path(f"{BASKET}animals.csv", views.basket_csv, name="basket_csv"),
    path(f"{BASKET}animals.xlsx", views.basket_xlsx, name="basket_xlsx"),
    path(f"{BASKET}steps.csv", views.basket_steps_csv, name="basket_steps_csv"),
    path(f"{BASKET}steps.xlsx", views.basket_steps_xlsx, name="basket_steps_xlsx"),
    path(DYNAMIC, dynamic_views.dynamic_pairs, name="dynamic_pairs"),
    path(f"{DYNAMIC}export.csv", dynamic_views.dynamic_pairs_csv, name="dynamic_pairs_csv"),
    path(f"{DYNAMIC}export.xlsx", dynamic_views.dynamic_pairs_xlsx, name="dynamic_pairs_xlsx"),
    path(f"{DYNAMIC}accept/", dynamic_views.dynamic_pairs_accept, name="dynamic_pairs_accept"),
]
