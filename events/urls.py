from django.urls import path, register_converter

from . import views


class YearConverter:
    """Four figures; what it gives is a number."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class MonthConverter(YearConverter):
    """Two figures, 01 to 12."""

    regex = "0[1-9]|1[0-2]"

    def to_url(self, value: int) -> str:
        return f"{value:02}"


register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

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
    path("calendar/<year:year>/<month:month>/", views.month, name="month"),
    path("map/", views.programme_map, name="map"),
    path("mine/", views.mine, name="mine"),
    path("mine/link/", views.make_link, name="make-link"),
    path("mine/<str:token>/", views.shared_list, name="shared-list"),
    path("mine/<str:token>/programme.ics", views.shared_calendar, name="shared-calendar"),
    path("<slug:slug>/", views.event, name="event"),
    path("<slug:slug>/event.ics", views.event_calendar, name="event-calendar"),
]
