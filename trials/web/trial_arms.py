"""Arms with their interventions, and each intervention once. Never queries beyond what was fetched with the trial."""

from collections.abc import Sequence
from dataclasses import dataclass

from trials.models import Intervention, Trial
from trials.web.criteria import Block, text_blocks


@dataclass(frozen=True, slots=True)
class InterventionView:
    """same_as names an arm with the very same description; in_no_arm where no arm has it, though arms exist."""

    anchor: str
    name: str
    type: str
    description: Sequence[Block]
    other_names: Sequence[str]
    same_as: str
    in_no_arm: bool


@dataclass(frozen=True, slots=True)
class ArmView:
    anchor: str
    label: str
    type: str
    description: Sequence[Block]
    interventions: Sequence[InterventionView]


def present_arms(trial: Trial) -> tuple[list[ArmView], list[InterventionView]]:
    arms = list(trial.arms.all())
    arms_of: dict[int, list[str]] = {}
    descriptions: dict[tuple[int, str], str] = {}
    for arm in arms:
        for item in arm.interventions.all():
            arms_of.setdefault(item.pk, []).append(arm.label)
            descriptions.setdefault((item.pk, arm.description.strip()), arm.label)
    views = {
        item.pk: _intervention(
            item,
            same_as=descriptions.get((item.pk, item.description.strip()), "") if item.description.strip() else "",
            in_no_arm=bool(arms) and item.pk not in arms_of,
        )
        for item in trial.interventions.all()
    }
    shown = [
        ArmView(
            f"arm-{arm.position + 1}",
            arm.label,
            arm.type,
            text_blocks(arm.description),
            [views[item.pk] for item in sorted(arm.interventions.all(), key=lambda one: one.position)],
        )
        for arm in arms
    ]
    return shown, list(views.values())


def _intervention(item: Intervention, *, same_as: str, in_no_arm: bool) -> InterventionView:
    return InterventionView(
        f"intervention-{item.position + 1}",
        item.name,
        item.type,
        [] if same_as else text_blocks(item.description),
        item.other_names,
        same_as,
        in_no_arm,
    )
