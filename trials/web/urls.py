"""The addresses that visitors see."""

from django.urls import path

from trials.web.health import livez, readyz, status
from trials.web.pages import about, home
from trials.web.results_page import trial_list
from trials.web.trial_page import trial_page

urlpatterns = [
    path("", home, name="home"),
    # /trials/
    path("trials/", trial_list, name="trial-list"),
    path("trials/<str:nct_id>/", trial_page, name="trial-detail"),
    # around it
    path("about/", about, name="about"),
    # for those who run the site
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("status", status, name="status"),
]
