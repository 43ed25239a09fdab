"""Where things of a site are, below its home page and on the whole web."""

from __future__ import annotations

from bulletin.model.picture import Picture
from bulletin.render.web.frame import Frame

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
ATOM_FILE, JSON_FEED_FILE = "feed.xml", "feed.json"
ICON_FILE, TOUCH_ICON_FILE = "assets/icon.png", "assets/touch-icon.png"


def page_address(frame: Frame, path: str) -> str:
    """The whole address of a page by its path, `2026/10/03`; empty where the site's own is not known.

    Addresses end with `/`, not with `index.html`: that is how servers show folders, and one page has one address.
    """
    if not frame.address:
        return ""
    return f"{frame.address}{path}/" if path else frame.address


def file_address(frame: Frame, file: str) -> str:
    """The whole address of a file by its path; empty where the site's own is not known."""
    return f"{frame.address}{file}" if frame.address else ""


def picture_file(picture: Picture) -> str:
    """The name of a picture in its issue's folder: made of its content, so it may be kept for ever, and tells nothing."""
    return f"{picture.sha256[:16]}.{_ENDINGS[picture.media_type]}"
