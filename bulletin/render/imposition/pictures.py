"""Pictures inside a PDF, to grey or to CMYK."""

from __future__ import annotations

import io

import pikepdf
from PIL import Image, ImageChops

from bulletin.model.errors import RenderingFailed
from bulletin.model.press import Colour
from bulletin.model.problem import message

_JPEG_QUALITY = 92
_OF_OLD_ENCODING = ("/Decode", "/DecodeParms", "/Intent", "/Metadata")


def convert_picture(image: pikepdf.Stream, colour: Colour) -> None:
    """Puts the picture's pixels into DeviceGray or DeviceCMYK, in place; its mask stays as it is.

    A picture without any colour goes in black ink alone. JPEGs stay JPEGs; all else is stored without loss.

    Raises:
        RenderingFailed: The picture is of a kind that is not known.
    """
    if image.get("/ImageMask", False) or image.get("/ColorSpace") == "/DeviceGray":
        return
    picture = _opened(image)
    converted = picture.convert("L") if colour is Colour.GREY or _colourless(picture) else _in_four_inks(picture)
    jpeg = "/DCTDecode" in _filters(image)
    for key in _OF_OLD_ENCODING:
        if key in image:
            del image[key]
    image.ColorSpace = pikepdf.Name.DeviceGray if converted.mode == "L" else pikepdf.Name.DeviceCMYK
    image.BitsPerComponent = 8
    if jpeg:
        image.write(_as_jpeg(converted), filter=pikepdf.Name.DCTDecode)
        if converted.mode == "CMYK":  # Pillow writes CMYK as Photoshop does: inverted
            image.Decode = [1, 0] * 4
    else:
        image.write(converted.tobytes())


def _opened(image: pikepdf.Stream) -> Image.Image:
    if isinstance(image.get("/Mask"), pikepdf.Array):
        raise RenderingFailed(message("有一张图片用颜色作透明，不会换算"), message("请把图片存成普通的 PNG 或 JPEG"))
    try:
        return pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    except (pikepdf.PdfError, NotImplementedError, ValueError, OSError) as fault:
        raise RenderingFailed(
            message("有一张图片不会换算成灰度或 CMYK：{reason}", reason=str(fault)),
            message("请把图片存成普通的 PNG 或 JPEG"),
        ) from fault


def _filters(image: pikepdf.Object) -> list[str]:
    filters = image.get("/Filter", pikepdf.Array())
    return [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]


def _colourless(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    return not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox())


def _in_four_inks(picture: Image.Image) -> Image.Image:
    """As much black as the colour bears, the rest in the other inks: see `to_cmyk`. Shadows stay below 200 % of ink."""
    inks = [ImageChops.invert(band) for band in picture.split()]
    black = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    return Image.merge("CMYK", [*(ImageChops.subtract(ink, black) for ink in inks), black])


def _as_jpeg(picture: Image.Image) -> bytes:
    encoded = io.BytesIO()
    picture.save(encoded, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    return encoded.getvalue()
