"""What the settings do not say that readers of a bureau's public site look for."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.load.folders import PUBLICATION_FILE
from bulletin.model.audience import Audience
from bulletin.model.problem import Message, Problem, Span, hint, message
from bulletin.model.site import SiteSettings

_WANTED: tuple[tuple[str, Message], ...] = (
    ("url", message("网址 url")),
    ("contact", message("联系方式 contact")),
    ("id_code", message("网站标识码 id_code")),
    ("icp", message("ICP 备案号 icp")),
    ("police", message("公安备案号 police")),
)
"""What stands at the foot of a government's site (《政府网站发展指引》, 页面规范); 主办单位 is the publisher where nobody else is named."""


def lacking(settings: SiteSettings, audience: Audience) -> Iterator[Problem]:
    """One hint that names all that is not said; a bureau may need none of it."""
    missing = [name for field, name in _WANTED if not getattr(settings, field)]
    if audience is Audience.PUBLIC and missing:
        what = message("公开的网站通常还有：{missing}", missing=_listed(missing))
        advice = message(
            "写在 bulletin.yaml 的 web 里；网址用于订阅、sitemap.xml 和规范网址，其余印在每页页脚；本单位没有的不必写"
        )
        yield hint("web-lacking", Span(PUBLICATION_FILE), what, advice)


def _listed(names: list[Message]) -> Message:
    """The names one after another, each to be translated by itself."""
    first, *rest = names
    for name in rest:
        first = message("{told}、{here}", told=first, here=name)
    return first
