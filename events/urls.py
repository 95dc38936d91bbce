from django.urls import path

from . import views

app_name = "events"
urlpatterns = [
    path("", views.programme, name="programme"),
    path("<slug:slug>/", views.event, name="event"),
]
