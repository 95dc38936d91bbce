from django.urls import path, re_path

from . import views
from .views.stub import nothing

app_name = "events"
# A new first word must be added to Event.reserved_slugs: no event may take its address.
urlpatterns = [
    path("", views.programme, name="programme"),
    path("programme.ics", views.programme_calendar, name="programme-calendar"),
    path("programme.atom", views.programme_atom, name="programme-atom"),
    path("programme.csv", views.programme_csv, name="programme-csv"),
    path("programme.json", views.programme_json, name="programme-json"),
    path("changes/", views.changes, name="changes"),
    path("changes.atom", views.changes_feed, name="changes-feed"),
    path("regions/<slug:slug>/", views.region, name="region"),
    path("categories/<slug:slug>/", views.category, name="category"),
    path("calendar/", views.calendar, name="calendar"),
    re_path(r"^calendar/(?P<year>[12][0-9]{3})/(?P<month>[01][0-9])/$", views.month, name="month"),
    path("map/", views.programme_map, name="map"),
    path("mine/", nothing, name="mine"),
    path("<slug:slug>/", views.event, name="event"),
    path("<slug:slug>/event.ics", views.event_calendar, name="event-calendar"),
]
