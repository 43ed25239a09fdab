"""How an issue goes to the press: the profiles of `bulletin.yaml` and those that are built in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bulletin.model.problem import Span


class Imposition(Enum):
    """How pages come onto sheets (拼版): A4 leaves; A3 sheets nested into one booklet (骑马订); A3 signatures on a pile (平订)."""

    DUPLEX = "duplex"
    SADDLE = "saddle"
    SIDE = "side"


class Colour(Enum):
    """The colours of a press file: as they are on the screen, black ink alone, or the four inks of offset printing."""

    RGB = "rgb"
    GREY = "grey"
    CMYK = "cmyk"


_BUILT_IN = Span("bulletin.yaml")


@dataclass(frozen=True, slots=True)
class PressProfile:
    """What one place of printing needs (印制方案); `span` is where it is set."""

    name: str
    imposition: Imposition
    colour: Colour = Colour.RGB
    crop_marks: bool = False
    bleed_mm: float = 3.0
    """How far colour may reach over the trim; of effect where there are crop marks."""
    paper_mm: float = 0.1
    """The thickness of a sheet: about 0.1 mm at 70 to 80 g/m²."""
    signature_sheets: int = 4
    """Sheets of a signature (帖) where signatures are piled."""
    collating_marks: bool = False
    span: Span = _BUILT_IN

    @property
    def folded(self) -> bool:
        """True if two pages stand side by side on A3."""
        return self.imposition is not Imposition.DUPLEX


BUILT_IN_PROFILES = (
    PressProfile("骑马订", Imposition.SADDLE),
    PressProfile("平订", Imposition.SIDE),
    PressProfile("双面", Imposition.DUPLEX),
    PressProfile("印刷厂", Imposition.DUPLEX, Colour.CMYK, crop_marks=True),
)
"""What there is without any settings: three ways for the office's own machines, and single pages for a printing office."""
