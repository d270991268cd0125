"""The addresses that visitors see."""

from django.urls import path

from trials.web.health import livez, readyz
from trials.web.history_page import trial_history
from trials.web.pages import about, home
from trials.web.results_page import trial_list
from trials.web.status_page import status
from trials.web.trial_page import trial_page

urlpatterns = [
    path("", home, name="home"),
    # /trials/
    path("trials/", trial_list, name="trial-list"),
    path("trials/<str:nct_id>/", trial_page, name="trial-detail"),
    path("trials/<str:nct_id>/history/", trial_history, name="trial-history"),
    # around it
    path("about/", about, name="about"),
    # for those who run the site
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("status", status, name="status"),
]
