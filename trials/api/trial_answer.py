"""One whole trial as programs get it, without people. Never queries beyond what `trial_lookup` fetched."""

from django.urls import reverse

from trials.api import part_schemas as parts
from trials.api.fact_schemas import fact_answer
from trials.api.list_answer import Absolute
from trials.api.trial_schemas import WholeTrial
from trials.models import Trial
from trials.registry.values import study_url

_COLUMNS = tuple(name for name in WholeTrial.model_fields if name in {field.name for field in Trial._meta.fields})


def trial_answer(trial: Trial, absolute: Absolute, data_version: str) -> WholeTrial:
    page = absolute(trial.get_absolute_url())
    return WholeTrial(
        **{name: getattr(trial, name) for name in _COLUMNS},
        arms=[
            parts.Arm(
                label=arm.label,
                type=arm.type,
                description=arm.description,
                interventions=[intervention.name for intervention in arm.interventions.all()],
            )
            for arm in trial.arms.all()
        ],
        interventions=[parts.Intervention.model_validate(part) for part in trial.interventions.all()],
        sites=[parts.Site.model_validate(part) for part in trial.sites.all()],
        contacts=[
            parts.ContactPoint(role=contact.role, url=page)
            for contact in trial.contacts.all()
            if contact.site_id is None
        ],
        officials=[parts.Official.model_validate(part) for part in trial.officials.all()],
        outcomes=[parts.Outcome.model_validate(part) for part in trial.outcomes.all()],
        identifiers=[parts.Identifier.model_validate(part) for part in trial.identifiers.all()],
        collaborators=[parts.Collaborator.model_validate(part) for part in trial.collaborators.all()],
        mesh_terms=[parts.MeshTerm.model_validate(part) for part in trial.mesh_terms.all()],
        references=[parts.Reference.model_validate(part) for part in trial.references.all()],
        links=[parts.Link.model_validate(part) for part in trial.links.all()],
        facts={fact.name: fact_answer(fact) for fact in trial.facts.all()},
        countries=sorted({site.country_code for site in trial.sites.all() if site.country_code}),
        url=page,
        history_url=absolute(reverse("trial-history", args=[trial.nct_id])),
        source_url=study_url(trial.nct_id),
        data_version=data_version,
    )
