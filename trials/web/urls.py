"""The addresses that visitors see."""

from django.urls import path

from trials.web.alerts.pages import follow, follow_confirm, follow_manage, follow_sent, follow_stop
from trials.web.calculators.page import calculators
from trials.web.compare.page import compare
from trials.web.feed import trial_feed
from trials.web.glossary_page import glossary_page
from trials.web.health import livez, readyz
from trials.web.history_page import trial_history
from trials.web.match_page import match_page
from trials.web.metrics_page import metrics
from trials.web.pages import about, home, privacy
from trials.web.pictures.page import trial_charts
from trials.web.results_page import trial_list
from trials.web.robots import robots
from trials.web.security_txt import security_txt
from trials.web.shortlist_page import shortlist
from trials.web.sitemap import sitemap_part, whole_sitemap
from trials.web.status_page import status
from trials.web.trial_page import trial_page

urlpatterns = [
    path("", home, name="home"),
    # /trials/
    path("trials/", trial_list, name="trial-list"),
    path("trials/charts/", trial_charts, name="trial-charts"),
    path("trials/feed.atom", trial_feed, name="trial-feed"),
    path("trials/<str:nct_id>/", trial_page, name="trial-detail"),
    path("trials/<str:nct_id>/history/", trial_history, name="trial-history"),
    # for one patient: nothing of it is kept
    path("match/", match_page, name="match"),
    # several trials
    path("compare/", compare, name="compare"),
    path("shortlist/", shortlist, name="shortlist"),
    # a search followed by e-mail
    path("follow/", follow, name="follow"),
    path("follow/sent/", follow_sent, name="follow-sent"),
    path("follow/confirm/", follow_confirm, name="follow-confirm"),
    path("follow/manage/", follow_manage, name="follow-manage"),
    path("follow/stop/", follow_stop, name="follow-stop"),
    # around it
    path("child-pugh/", calculators, name="calculators"),
    path("glossary/", glossary_page, name="glossary"),
    path("about/", about, name="about"),
    path("privacy/", privacy, name="privacy"),
    # for crawlers
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("sitemap.xml", whole_sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_part, name="sitemap-part"),
    # for those who run the site
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("status", status, name="status"),
    path("metrics", metrics, name="metrics"),
]
