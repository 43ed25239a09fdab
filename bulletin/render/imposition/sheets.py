"""Pages to sheets: each page of the print PDF becomes a form that the sides of the sheets draw in its place."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from bulletin.model.artifact import Artifact
from bulletin.model.errors import RenderingFailed
from bulletin.model.page import POINTS_PER_MM
from bulletin.model.press import Colour, PressProfile
from bulletin.model.problem import message
from bulletin.model.sheets import BLANK, PAGE_MM, Cell, Side, cell_origin_mm, sheet_size
from bulletin.render.imposition.inks import Inks
from bulletin.render.imposition.marks import REGISTRATION, marks_content

_SLACK_PT = 0.5


def render_press(printed: bytes, sides: tuple[Side, ...], profile: PressProfile) -> Artifact:
    """`press/<profile>.pdf`, beside the print PDF.

    Raises:
        RenderingFailed: See `impose`.
    """
    return Artifact(f"press/{profile.name}.pdf", "application/pdf", impose(printed, sides, profile))


def impose(printed: bytes, sides: tuple[Side, ...], profile: PressProfile) -> bytes:
    """The pages of a print PDF on the sides of sheets, a page of the new PDF for each side.

    The new PDF is for printing only. It has the drawn pages and nothing else of the old one but its title: no tags, links,
    bookmarks, metadata, claims of PDF/A or output intents, all of which would be untrue of sheets. Fonts, pictures and
    resources are shared by all pages as before. The same print PDF gives the same bytes.

    Raises:
        RenderingFailed: The pages are not A4, or have colours that cannot be converted.
    """
    with pikepdf.open(io.BytesIO(printed)) as source, pikepdf.new() as press:
        forms = [press.copy_foreign(form) for form in _page_forms(source, profile)]
        for side in sides:
            press.pages.append(_sheet_side(press, side, forms, profile))
        flip = "/DuplexFlipShortEdge" if profile.folded else "/DuplexFlipLongEdge"
        press.Root.ViewerPreferences = pikepdf.Dictionary(
            Duplex=pikepdf.Name(flip), PrintScaling=pikepdf.Name("/None"), PickTrayByPDFSize=True
        )
        title = source.trailer.get("/Info", pikepdf.Dictionary()).get("/Title")
        if title is not None:
            press.trailer.Info = press.make_indirect(pikepdf.Dictionary(Title=str(title)))
        written = io.BytesIO()
        press.save(
            written,
            deterministic_id=True,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return written.getvalue()


def _page_forms(source: pikepdf.Pdf, profile: PressProfile) -> Iterator[pikepdf.Object]:
    """A form for each page, with its trimmed area and as much beside it as may be bled."""
    inks = Inks(profile.colour)
    shared: dict[tuple[int, int], pikepdf.Object] = {}
    for number, page in enumerate(source.pages, start=1):
        trim = _trim_box(page, number)
        own = page.obj.get("/Resources")
        key = own.objgen if own is not None and own.is_indirect else (-number, 0)
        form = page.as_form_xobject()
        if key not in shared:
            inks.resources(form.Resources)
            shared[key] = source.make_indirect(form.Resources)
        form.Resources = shared[key]
        form.write(inks.content(page))
        form.BBox = _bleed_box(page, trim, profile)
        form.Matrix = [1, 0, 0, 1, -trim[0], -trim[1]]
        yield source.make_indirect(form)


def _trim_box(page: pikepdf.Page, number: int) -> list[float]:
    left, foot, right, head = (float(edge) for edge in page.trimbox)
    size = (right - left, head - foot)
    if any(abs(found - mm * POINTS_PER_MM) > _SLACK_PT for found, mm in zip(size, PAGE_MM, strict=True)):
        raise RenderingFailed(
            message("第 {page} 页不是 A4，不能拼版", page=number), message("请检查样式里 @page 的 size，纸张是 A4")
        )
    return [left, foot, right, head]


def _bleed_box(page: pikepdf.Page, trim: list[float], profile: PressProfile) -> list[float]:
    """The trimmed area, and beside it what is both drawn and allowed."""
    allowed = profile.bleed_mm * POINTS_PER_MM if profile.crop_marks else 0.0
    media = [float(edge) for edge in page.mediabox]
    return [
        max(media[0], trim[0] - allowed),
        max(media[1], trim[1] - allowed),
        min(media[2], trim[2] + allowed),
        min(media[3], trim[3] + allowed),
    ]


def _sheet_side(press: pikepdf.Pdf, side: Side, forms: list[pikepdf.Object], profile: PressProfile) -> pikepdf.Page:
    resources = pikepdf.Dictionary()
    drawn = [cell for cell in side.cells if cell.page != BLANK]
    if drawn:
        resources.XObject = pikepdf.Dictionary({f"/P{cell.page}": forms[cell.page - 1] for cell in drawn})
    if profile.crop_marks and profile.colour is Colour.CMYK:
        resources.ColorSpace = pikepdf.Dictionary({REGISTRATION: _registration()})
    content = "\n".join([*(_cell_content(cell, profile) for cell in drawn), marks_content(side, profile)])
    page = press.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=resources))
    page.Contents = press.make_stream(content.encode())
    for name, box in _boxes(profile).items():
        page[name] = box
    return pikepdf.Page(page)


def _cell_content(cell: Cell, profile: PressProfile) -> str:
    """Draws a page in its cell; what it bleeds stays on its own side of the fold."""
    left, foot = sheet_size(profile).origin_mm
    bleed = profile.bleed_mm if profile.crop_marks else 0.0
    begin = left + cell.left_mm - (0 if profile.folded and cell.left_mm else bleed)
    end = left + cell.left_mm + PAGE_MM[0] + (0 if profile.folded and not cell.left_mm else bleed)
    clip = (begin, foot - bleed, end - begin, PAGE_MM[1] + 2 * bleed)
    numbers = " ".join(f"{length * POINTS_PER_MM:.4f}" for length in clip)
    x, y = (length * POINTS_PER_MM for length in cell_origin_mm(cell, profile))
    return f"q {numbers} re W n 1 0 0 1 {x:.4f} {y:.4f} cm /P{cell.page} Do Q"


def _boxes(profile: PressProfile) -> dict[str, list[float]]:
    """The boxes of a side. *Source:* ISO 32000-1, 14.11.2."""
    size = sheet_size(profile)
    (left, foot), (width, height) = size.origin_mm, size.trim_mm
    bleed = profile.bleed_mm if profile.crop_marks else 0.0
    boxes = {
        "/MediaBox": (0.0, 0.0, *size.paper_mm),
        "/BleedBox": (left - bleed, foot - bleed, left + width + bleed, foot + height + bleed),
        "/TrimBox": (left, foot, left + width, foot + height),
    }
    return {name: [round(edge * POINTS_PER_MM, 4) for edge in box] for name, box in boxes.items()}


def _registration() -> pikepdf.Object:
    """The colour of all inks. *Source:* ISO 32000-1, 8.6.6.4, the colorant name All."""
    tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name.All, pikepdf.Name.DeviceCMYK, tint])
