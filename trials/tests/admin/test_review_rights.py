"""Decisions are withdrawn only on purpose, and made only by those who may."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client

from trials.ingest.reviews import Judgement, Verdict
from trials.models import FactReview
from trials.tests.admin.deciding import decide, messages, url
from trials.tests.admin.facts import fact, judge
from trials.tests.admin.pages import text
from trials.tests.admin.signing_in import signed_in

pytestmark = pytest.mark.django_db


def test_withdrawing_asks_first(trial: None, admin_client: Client) -> None:
    review = judge()
    page = text(admin_client, url("withdraw"))
    assert "the decision in force is “5, 6, 7” (ana, " in page
    assert fact().review_id == review.pk
    response = admin_client.post(url("withdraw"), {"review": str(review.pk)})
    assert response.headers["Location"] == url("change")
    assert messages(response) == ["The decision is withdrawn."]
    assert (fact().value, fact().review) == ([5, 6], None)
    assert FactReview.objects.filter(pk=review.pk).exclude(superseded_at=None).exists()
    assert LogEntry.objects.get().get_change_message() == "Decision withdrawn."
    assert "Withdraw the decision" not in text(admin_client, url("change"))


@pytest.mark.parametrize("asked", ["other", "", "none"])
def test_only_the_decision_that_was_asked_about_is_withdrawn(asked: str, trial: None, admin_client: Client) -> None:
    review = judge()
    asked_about = {"other": str(review.pk), "": "", "none": "None"}[asked]
    newer = judge(Judgement(Verdict.NOT_STATED))
    response = admin_client.post(url("withdraw"), {"review": asked_about})
    assert messages(response) == ["This decision is not in force any more."]
    assert fact().review_id == newer.pk
    assert not LogEntry.objects.exists()


def test_a_viewer_looks_and_decides_nothing(trial: None, reader_client: Client, stranger_client: Client) -> None:
    review = judge()
    page = text(reader_client, url("change"))
    assert "<mark>Child-Pugh class A</mark>" in page
    assert 'name="verdict"' not in page
    assert url("withdraw") not in page
    assert decide(reader_client, "machine_is_right").status_code == 403
    for method in (reader_client.get, reader_client.post):
        assert method(url("withdraw"), {"review": str(review.pk)}).status_code == 403
    for page_name in ("change", "decide", "withdraw", "next"):
        assert stranger_client.get(url(page_name)).status_code == 403
    assert fact().review_id == review.pk
    assert not LogEntry.objects.exists()


def test_the_permission_to_add_reviews_is_the_permission_to_decide(trial: None, reader_client: Client) -> None:
    User.objects.get(username="reader").user_permissions.add(Permission.objects.get(codename="add_factreview"))
    assert 'name="verdict"' in text(reader_client, url("change"))
    assert decide(reader_client, "machine_is_right").status_code == 302
    assert FactReview.objects.get().reviewer_name == "reader"


def test_nobody_decides_without_seeing(trial: None, stranger_client: Client) -> None:
    User.objects.get(username="stranger").user_permissions.add(Permission.objects.get(codename="add_factreview"))
    assert decide(stranger_client, "machine_is_right").status_code == 403
    assert not FactReview.objects.exists()


def test_a_form_needs_its_token(trial: None) -> None:
    client = signed_in(User.objects.create_superuser("root"), enforce_csrf_checks=True)
    assert decide(client, "machine_is_right").status_code == 403
