from django.urls import path, re_path

from . import views

app_name = "history"
urlpatterns = [
    path("", views.timeline, name="timeline"),
    path("timeline.json", views.timeline_json, name="timeline-json"),
    path("timeline.atom", views.timeline_atom, name="timeline-atom"),
    path("stages/<slug:slug>/", views.stage, name="stage"),
    path("milestones/<slug:slug>/", views.milestone, name="milestone"),
    path("sessions/", views.sessions, name="sessions"),
    # Four figures at most: a session can be written in Roman numerals, a huge number cannot.
    re_path(r"^sessions/(?P<number>[1-9][0-9]{0,3})/$", views.session, name="session"),
    path("sessions.csv", views.sessions_csv, name="sessions-csv"),
    # The same number written otherwise: XXXIV, 034.
    path("sessions/<slug:numeral>/", views.session_by_numeral, name="session-by-numeral"),
    path("people/", views.people, name="people"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/<slug:slug>/", views.body, name="body"),
    path("documents/", views.documents, name="documents"),
    path("documents/<slug:slug>/", views.document, name="document"),
    path("sources/", views.sources, name="sources"),
    path("today/", views.today, name="today"),
]
