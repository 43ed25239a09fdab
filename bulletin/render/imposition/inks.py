"""The inks of a press file: every colour operator of a content stream in grey or in CMYK, or as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeAlias

import pikepdf

from bulletin.model.errors import RenderingFailed
from bulletin.model.press import Colour
from bulletin.model.problem import Message, message
from bulletin.render.imposition.pictures import convert_picture

Instruction: TypeAlias = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
Components: TypeAlias = tuple[float, ...]
"""1 of DeviceGray, 3 of DeviceRGB or 4 of DeviceCMYK, from 0 to 1."""

STANDARD_RED = (0.0, 0.8, 0.8, 0.0)
"""红色油墨 Y80 % M80 % (GB/T 9704-2012, 6.2)."""
_LEAST_RED, _MOST_OTHER = 0.6, 0.2
"""A colour with so much red and so little green and blue is the red of the masthead."""
_MARKED_CONTENT = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})
_FILLING = {"g": "g", "rg": "g", "k": "g", "sc": "g", "scn": "g", "cs": "g"}
_STROKING = {name.upper(): "G" for name in _FILLING}
_OPERATORS = {Colour.GREY: {"g": "g", "G": "G"}, Colour.CMYK: {"g": "k", "G": "K"}}
_UNKNOWN = {"sh": message("渐变"), "INLINE IMAGE": message("行内图片")}
_DEVICE_SPACES = {"/DeviceGray": (0.0,), "/DeviceRGB": (0.0, 0.0, 0.0), "/DeviceCMYK": (0.0, 0.0, 0.0, 1.0)}
"""The colour spaces that can be converted, each with its first colour: black."""


def to_grey(colour: Components) -> Components:
    """The share of white in a colour. *Source:* ISO 32000-1, 10.3.2 and 10.3.3."""
    match colour:
        case (red, green, blue):
            return (0.3 * red + 0.59 * green + 0.11 * blue,)
        case (cyan, magenta, yellow, black):
            return (1 - min(1.0, 0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black),)
    return colour


def to_cmyk(colour: Components) -> Components:
    """The inks of a colour: grey in black alone, the red of the masthead as the standard has it, all other colours with as much
    black as they bear.

    *Source:* ISO 32000-1, 10.3.4, with black generation and undercolour removal in full; GB/T 9704-2012, 6.2.
    """
    match colour:
        case (white,):
            return (0.0, 0.0, 0.0, 1 - white)
        case (red, green, blue) if red >= _LEAST_RED and max(green, blue) <= _MOST_OTHER:
            return STANDARD_RED
        case (red, green, blue):
            black = 1 - max(colour)
            return (1 - red - black, 1 - green - black, 1 - blue - black, black)
    return colour


_CONVERT: dict[Colour, Callable[[Components], Components]] = {Colour.GREY: to_grey, Colour.CMYK: to_cmyk}


class Inks:
    """Rewrites content streams and their resources, each only once; nothing is changed but colours and marked content."""

    def __init__(self, colour: Colour) -> None:
        self.colour = colour
        self._done: set[tuple[int, int]] = set()

    def content(self, stream: pikepdf.Object | pikepdf.Page) -> bytes:
        """The content of a page or form, without the marks of a structure that a press file has not."""
        kept = [each for each in pikepdf.parse_content_stream(stream) if str(each.operator) not in _MARKED_CONTENT]
        if self.colour is not Colour.RGB:
            kept = [self._recoloured(each) for each in kept]
        return pikepdf.unparse_content_stream(kept)

    def resources(self, resources: pikepdf.Object) -> None:
        """Converts what the content draws: pictures, and forms with their own content."""
        if "/Properties" in resources:
            del resources["/Properties"]
        if self.colour is not Colour.RGB:
            _refuse_unknown(resources)
            if "/ColorSpace" in resources:
                del resources["/ColorSpace"]
        for drawn in dict(resources.get("/XObject", {})).values():
            if isinstance(drawn, pikepdf.Stream) and drawn.objgen not in self._done:
                self._done.add(drawn.objgen)
                self._drawn(drawn)

    def _drawn(self, drawn: pikepdf.Stream) -> None:
        if drawn.Subtype == "/Form":
            drawn.write(self.content(drawn))
            if "/Group" in drawn and self.colour is not Colour.RGB and "/CS" in drawn.Group:
                del drawn.Group["/CS"]
            self.resources(drawn.get("/Resources", pikepdf.Dictionary()))
        elif self.colour is not Colour.RGB:
            convert_picture(drawn, self.colour)

    def _recoloured(self, instruction: Instruction) -> Instruction:
        name = str(instruction.operator)
        if name in _UNKNOWN:
            raise _not_converted(_UNKNOWN[name])
        target = _FILLING.get(name) or _STROKING.get(name)
        if target is None:
            return instruction
        colour = _CONVERT[self.colour](_components(name, list(instruction.operands)))
        operands = [Decimal(f"{component:.4f}").normalize() for component in colour]
        return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(_OPERATORS[self.colour][target]))


def _components(name: str, operands: Sequence[pikepdf.Object]) -> Components:
    """The colour that an operator sets: its operands, or the first colour of the colour space that it names."""
    if name in ("cs", "CS"):
        first = _DEVICE_SPACES.get(str(operands[0]))
        if first is None:
            raise _not_converted(message("色彩空间 {name}", name=str(operands[0])))
        return first
    if len(operands) not in (1, 3, 4) or any(isinstance(operand, pikepdf.Name) for operand in operands):
        raise _not_converted(message("图案填色"))
    return tuple(float(operand) for operand in operands)


def _refuse_unknown(resources: pikepdf.Object) -> None:
    """What has colours outside content streams, and is not printed by our own templates."""
    for kind, what in (("/Pattern", message("图案填色")), ("/Shading", message("渐变"))):
        if resources.get(kind, {}):
            raise _not_converted(what)
    states = dict(resources.get("/ExtGState", {})).values()
    if any(state.get("/SMask", "/None") != "/None" for state in states):
        raise _not_converted(message("蒙版"))
    fonts = dict(resources.get("/Font", {})).values()
    if any(font.Subtype == "/Type3" for font in fonts):
        raise _not_converted(message("彩色字"))


def _not_converted(what: Message) -> RenderingFailed:
    return RenderingFailed(
        message("印刷版里有{what}，不会换算成灰度或 CMYK", what=what),
        message("在样式里改成单一的颜色，或把印制方案的 colour 改成 rgb"),
    )
