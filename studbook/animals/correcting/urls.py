from django.urls import path

from studbook.animals.correcting import history_views, merge_views, parent_views, views

ANIMAL = "animals/<str:number>/"

urlpatterns = [
    path(f"{ANIMAL}history/", history_views.animal_history, name="animal_history"),
    path(f"{ANIMAL}history/<int:entry>/return/", history_views.animal_return, name="animal_return"),
    path(f"{ANIMAL}correct/", views.correct_animal, name="correct_animal"),
    path(f"{ANIMAL}parents/", parent_views.correct_parents, name="correct_parents"),
    path(f"{ANIMAL}events/<int:event>/", views.correct_event, name="correct_event"),
    path(f"{ANIMAL}events/<int:event>/remove/", views.remove_event, name="remove_event"),
    path(f"{ANIMAL}observations/<int:observation>/", views.correct_observation, name="correct_observation"),
    path(
        f"{ANIMAL}observations/<int:observation>/remove/", views.remove_observation, name="remove_observation"
    ),
    path(f"{ANIMAL}void/", views.void_animal, name="void_animal"),
    path(f"{ANIMAL}merge/", merge_views.merge, name="merge"),
    path(f"{ANIMAL}merge/<str:other>/", merge_views.merge_with, name="merge_with"),
    path("duplicates/", merge_views.duplicates, name="duplicates"),
    path("deeds/<int:entry>/undo/", history_views.undo_deed, name="undo_deed"),
]
