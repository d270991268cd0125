"""Opens the registry as the settings say. Never fetches anything itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

from trials.ingest.refresh import Surroundings
from trials.models import RefreshRun
from trials.registry.client import RegistryClient


@contextmanager
def open_registry(
    ask_for_help: Callable[[int], object] = lambda _run_id: None,
    on_progress: Callable[[RefreshRun], object] = lambda _run: None,
) -> Iterator[Surroundings]:
    """The surroundings of a run; the connection to the registry is closed at the end."""
    client = RegistryClient(
        settings.HCCTRIALS_REGISTRY_URL,
        contact=settings.HCCTRIALS_REGISTRY_CONTACT,
        is_tls_capped=settings.HCCTRIALS_REGISTRY_TLS_CAPPED,
        requests_a_second=settings.HCCTRIALS_REGISTRY_REQUESTS_A_SECOND,
    )
    with client:
        yield Surroundings(client, settings.HCCTRIALS_REGISTRY_QUERY, ask_for_help, on_progress)
