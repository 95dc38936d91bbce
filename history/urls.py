from django.urls import path

from . import views

app_name = "history"
urlpatterns = [
    path("", views.timeline, name="timeline"),
    path("stages/<slug:slug>/", views.stage, name="stage"),
    path("milestones/<slug:slug>/", views.milestone, name="milestone"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/<int:number>/", views.session, name="session"),
    path("people/", views.people, name="people"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("today/", views.today, name="today"),
]
