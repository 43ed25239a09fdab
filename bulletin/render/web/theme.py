"""The bureau's colours as a style sheet of its own, since pages have no inline styles."""

from __future__ import annotations

from bulletin.model.site import SiteSettings


def theme_css(settings: SiteSettings) -> str:
    """Custom properties that `site.css` draws with."""
    return f":root {{ --accent-light: {settings.accent}; --accent-dark: {settings.accent_dark} }}\n"
