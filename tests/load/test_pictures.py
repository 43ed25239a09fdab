"""Pictures: what is in them besides the picture stays behind."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bulletin.model.picture import Picture
from tests.conftest import ARTICLE, Make, article, load


def picture_of(make: Make, name: str, content: bytes) -> Picture:
    root = make({ARTICLE: article(f'![书屋]({name} "图题")'), f"issues/2026-01/{name}": content})
    (picture,) = load(root).pictures
    return picture


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def test_metadata_is_left_behind(make: Make) -> None:
    exif = Image.Exif()
    exif[0x0110] = "SECRETCAMERA"
    jpeg = encoded(Image.new("RGB", (40, 30), "red"), "JPEG", exif=exif, comment=b"SECRETCOMMENT")
    assert b"SECRET" in jpeg
    picture = picture_of(make, "a.jpg", jpeg)
    assert b"SECRET" not in picture.content
    assert (picture.media_type, picture.width_px, picture.height_px) == ("image/jpeg", 40, 30)
    info = PngInfo()
    info.add_text("Author", "SECRETAUTHOR")
    picture = picture_of(make, "a.png", encoded(Image.new("RGBA", (4, 3)), "PNG", pnginfo=info))
    assert b"SECRET" not in picture.content


def test_a_photograph_taken_sideways_stands_upright(make: Make) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90° to see it
    picture = picture_of(make, "a.jpg", encoded(Image.new("RGB", (40, 30)), "JPEG", exif=exif))
    assert (picture.width_px, picture.height_px) == (30, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_mode_is_read_and_gives_the_same_bytes_twice(make: Make, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    name = "a.jpg" if mode == "CMYK" else "a.png"
    content = encoded(Image.new(mode, (8, 8)), kind)
    assert picture_of(make, name, content).sha256 == picture_of(make, name, content).sha256
