"""Registry data cannot be changed in the admin, by nobody."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import InternalError, transaction
from django.db.models import Model
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from trials import models
from trials.alerts.looking import look
from trials.ingest.reviews import confirm_facts
from trials.models import FactInForce, QuarantinedRecord, RecordVersion, Trial
from trials.tasks.alerts import EYES
from trials.tests.admin.facts import CRITERIA, record_with
from trials.tests.admin.pages import list_url, page_url, text
from trials.tests.admin.records import load, nct
from trials.tests.admin.runs import change, run
from trials.tests.alerts.following_searches import follow, good_run

pytestmark = pytest.mark.django_db
_NAMED = [getattr(models, name) for name in models.__all__]
WITHOUT_PAGE = {
    models.EligibilityFact,  # its rows are shown on the pages of FactInForce
    models.StagedRecord,  # empties when its run ends; the run's page counts it
    models.AlertQuota,  # counts of a day, gone after two
    models.SearchWord,  # every word that occurs, for "did you mean"
    models.Town,  # a list of GeoNames, which comes with a migration
    models.TownName,
}
ALL_MODELS = [one for one in _NAMED if isinstance(one, type) and issubclass(one, Model) and one not in WITHOUT_PAGE]


@pytest.fixture
def stored() -> None:
    load(record_with(f"{CRITERIA}\n* Platelets < 75 x 10^9/L"))
    change(run("succeeded"))
    load({"protocolSection": {}})
    fact = FactInForce.objects.get(trial=nct(1), name="child_pugh")
    confirm_facts([fact.pk], User.objects.create_user("curator"))
    follow()
    good_run({"protocolSection": {"identificationModule": {"nctId": nct(2), "briefTitle": "HCC"}}})
    look(EYES, timezone.now())


def first(model: type[Model]) -> Model:
    row = model._default_manager.first()
    assert row is not None, model.__name__
    return row


def test_every_model_has_a_page() -> None:
    assert set(ALL_MODELS) <= set(admin.site._registry)


@pytest.mark.parametrize("model", ALL_MODELS, ids=lambda model: model.__name__)
def test_even_a_superuser_only_looks(model: type[Model], stored: None, admin_client: Client) -> None:
    row = first(model)
    page = text(admin_client, page_url(model, row.pk))
    assert 'name="_save"' not in page
    assert "deletelink" not in page
    assert admin_client.post(page_url(model, row.pk), {"_save": "Save"}).status_code == 403
    name = model._meta.model_name
    assert admin_client.get(reverse(f"admin:trials_{name}_add")).status_code == 403
    assert admin_client.post(reverse(f"admin:trials_{name}_add"), {}).status_code == 403
    assert admin_client.get(reverse(f"admin:trials_{name}_delete", args=[row.pk])).status_code == 403
    assert admin_client.post(reverse(f"admin:trials_{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert model._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", ALL_MODELS, ids=lambda model: model.__name__)
def test_a_list_offers_no_deletion(model: type[Model], stored: None, admin_client: Client) -> None:
    row = first(model)
    chosen = {"action": "delete_selected", "_selected_action": [str(row.pk)], "index": "0", "post": "yes"}
    admin_client.post(list_url(model), chosen)
    assert model._default_manager.filter(pk=row.pk).exists()
    assert "delete_selected" not in text(admin_client, list_url(model))


@pytest.mark.parametrize("model", ALL_MODELS, ids=lambda model: model.__name__)
def test_viewing_needs_the_permission(
    model: type[Model], stored: None, reader_client: Client, stranger_client: Client, client: Client
) -> None:
    for url in (list_url(model), page_url(model, first(model).pk)):
        assert reader_client.get(url).status_code == 200
        assert stranger_client.get(url).status_code == 403
        assert client.get(url).status_code == 302


@pytest.mark.parametrize("model", [RecordVersion, QuarantinedRecord], ids=lambda model: model.__name__)
def test_the_raw_file_needs_the_permission_too(
    model: type[Model], stored: None, reader_client: Client, stranger_client: Client, client: Client
) -> None:
    url = reverse(f"admin:trials_{model._meta.model_name}_raw", args=[first(model).pk])
    answer = reader_client.get(url)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert stranger_client.get(url).status_code == 403
    assert client.get(url).status_code == 302
    assert reader_client.get(reverse(f"admin:trials_{model._meta.model_name}_raw", args=[999_999])).status_code == 404


def test_the_database_itself_refuses_to_change_a_raw_record(stored: None) -> None:
    version = first(RecordVersion)
    for damage in (version.delete, lambda: RecordVersion.objects.update(raw="{}")):
        with pytest.raises((InternalError, DatabaseError)), transaction.atomic():
            damage()
    assert RecordVersion.objects.filter(pk=version.pk).exists()


def test_the_index_leaves_small_parts_out(stored: None, admin_client: Client) -> None:
    index = text(admin_client, reverse("admin:index"))
    assert list_url(Trial) in index
    assert list_url(models.Site) in index
    assert list_url(models.MeshTerm) not in index
    assert admin_client.get(list_url(models.MeshTerm)).status_code == 200
