from django.urls import path

from . import views

app_name = "events"
urlpatterns = [
    path("", views.programme, name="programme"),
    path("programme.ics", views.programme_calendar, name="programme-calendar"),
    path("<slug:slug>/", views.event, name="event"),
    path("<slug:slug>/event.ics", views.event_calendar, name="event-calendar"),
]
