"""Pages as they come back: printed with a screen, scanned, photographed askew, in a shadow, on a dark desk."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter

_DESK = 90


def drawn(content: bytes, page: int, dpi: int = 200) -> Image.Image:
    """A page, from 0, in greys."""
    with pdfium.PdfDocument(content) as document:
        picture: Image.Image = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
    return picture.convert("L")


def noisy(picture: Image.Image, sigma: float) -> Image.Image:
    return ImageChops.add(picture, Image.effect_noise(picture.size, sigma), 1, -128)


def screened(content: bytes, page: int, area_mm: tuple[float, float, float, float], lines_per_inch: int) -> Image.Image:
    """An area (left, top, right, bottom) of a page as a laser printer of 600 dpi prints it: greys as dots of black, at 45 degrees."""
    whole = drawn(content, page, 600)
    picture = whole.crop(tuple(round(edge / 25.4 * 600) for edge in area_mm))  # type: ignore[arg-type]
    turn = 2 * math.pi * lines_per_inch / 600 * math.sqrt(0.5)
    greys, width = picture.tobytes(), picture.width
    dots = bytearray(greys)
    for at, grey in enumerate(greys):
        if 0 < grey < 255:
            row, column = divmod(at, width)
            threshold = (2 + math.cos((column + row) * turn) + math.cos((column - row) * turn)) / 4
            dots[at] = 0 if threshold > grey / 255 else 255
    return Image.frombytes("L", picture.size, bytes(dots))


def scanned(printed: Image.Image, dpi: int, sigma: float) -> Image.Image:
    """A print of 600 dpi on greyish paper, scanned."""
    soft = printed.filter(ImageFilter.GaussianBlur(1.2))
    small = soft.resize((soft.width * dpi // 600, soft.height * dpi // 600), Image.Resampling.BOX)
    return noisy(small.point([int(20 + grey * 0.85) for grey in range(256)]), sigma)


def photographed(page: Image.Image, degrees: float = 7, lean: float = 0.04, sigma: float = 6) -> Image.Image:
    """On a dark desk, turned, seen from the side, darker towards the top, a little out of focus, with noise."""
    width, height = page.size
    desk = Image.new("L", (int(width * 1.3), int(height * 1.2)), _DESK)
    desk.paste(page, (int(width * 0.15), int(height * 0.1)))
    wide, high = desk.size
    corners = ((0, 0), (wide, 0), (wide, high), (0, high))
    seen = ((wide * lean, high * lean / 2), (wide * (1 - lean / 3), 0), (wide, high), (0, high * (1 - lean)))
    tilted = desk.transform(
        desk.size, Image.Transform.PERSPECTIVE, _perspective(seen, corners), Image.Resampling.BICUBIC, fillcolor=_DESK
    )
    turned = tilted.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=_DESK)
    shadow = Image.linear_gradient("L").resize(turned.size).point([120 + grey // 2 for grey in range(256)])
    return noisy(ImageChops.multiply(turned, shadow).filter(ImageFilter.GaussianBlur(0.8)), sigma)


def jpeg(picture: Image.Image, quality: int = 60, orientation: int = 1) -> bytes:
    """A JPEG; with an orientation of EXIF, as telephones leave turning to whoever shows it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality, exif=exif)
    return file.getvalue()


def scan_pdf(pictures: Sequence[Image.Image], dpi: int) -> bytes:
    """A PDF of scans."""
    file = io.BytesIO()
    pictures[0].save(file, "PDF", save_all=True, append_images=list(pictures[1:]), resolution=dpi)
    return file.getvalue()


def _perspective(seen: Sequence[tuple[float, float]], corners: Sequence[tuple[float, float]]) -> list[float]:
    """The eight coefficients by which a picture is transformed so that its corners are seen where they should be: eight equations,
    solved by elimination."""
    rows = []
    for (x, y), (u, v) in zip(seen, corners, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        best = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[best] = rows[best], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column:
                rows[row] = [
                    one - rows[row][column] * other for one, other in zip(rows[row], rows[column], strict=True)
                ]
    return [row[8] for row in rows]
