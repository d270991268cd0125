"""What a search narrows to: choices by facet, and a circle around a place. Pure values."""

from collections.abc import ItemsView, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Circle:
    """Degrees and kilometres."""

    latitude: float
    longitude: float
    radius: float


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen values by facet, empty where nothing is chosen. Choices about sites hold for one and the same site."""

    chosen: Mapping[str, Sequence[str]]
    circle: Circle | None = None

    def __getitem__(self, facet: str) -> Sequence[str]:
        return self.chosen.get(facet, ())

    def items(self) -> ItemsView[str, Sequence[str]]:
        return self.chosen.items()
