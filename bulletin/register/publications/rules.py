"""What an entry of the log of publication must say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, replace

from bulletin.model.problem import Message, message
from bulletin.model.publication_log import ACT_NAMES, Act, Entry
from bulletin.model.records import has_bad_text, tidy
from bulletin.model.release import PublishedArticle
from bulletin.register.rules import SHA_256

_GOES_LIVE = {Act.PUBLISHED, Act.ROLLED_BACK}
_NAMES_A_RELEASE = {*_GOES_LIVE, Act.REMOVED}


def tidy_entry(entry: Entry) -> Entry:
    """The entry with its texts as they are recorded: NFC, no blanks about them."""
    return replace(
        entry,
        target=tidy(entry.target),
        release=tidy(entry.release),
        manifest=tidy(entry.manifest),
        note=tidy(entry.note),
        put_up=tuple(map(_tidy_article, entry.put_up)),
        taken_off=tuple(map(_tidy_article, entry.taken_off)),
    )


def entry_faults(entry: Entry) -> Iterator[Message]:
    """What is wrong with an entry."""
    act = ACT_NAMES[entry.act]
    if not entry.target:
        yield message("没有写发布目标")
    if entry.act in _NAMES_A_RELEASE and not entry.release:
        yield message("“{kind}”要写明是哪一版", kind=act)
    if (entry.manifest or entry.act in _GOES_LIVE) and not SHA_256.fullmatch(entry.manifest):
        yield message("“{kind}”要写明清单的 SHA-256 校验值", kind=act)
    if entry.act is Act.WITHDRAWN and not entry.note:
        yield message("“{kind}”要写明原因", kind=act)
    yield from _article_faults(entry)
    texts = (entry.target, entry.release, entry.note)
    if has_bad_text(texts) or any(has_bad_text(astuple(each)) for each in (*entry.put_up, *entry.taken_off)):
        yield message("文字太长，或有换行等控制字符")


def _article_faults(entry: Entry) -> Iterator[Message]:
    act = ACT_NAMES[entry.act]
    if entry.act is Act.WITHDRAWN and not entry.taken_off:
        yield message("“{kind}”要写明撤下哪些文章", kind=act)
    if entry.act is Act.WITHDRAWN and entry.put_up:
        yield message("“{kind}”不能新上文章", kind=act)
    if entry.act is Act.HANDED_OVER and not entry.put_up and not entry.taken_off:
        yield message("“{kind}”要写明交出或收回哪些文章", kind=act)
    if entry.act is Act.REMOVED and (entry.put_up or entry.taken_off):
        yield message("“{kind}”不涉及正在公开的文章", kind=act)
    for articles in (entry.put_up, entry.taken_off):
        paths = [each.path for each in articles]
        if not all(paths):
            yield message("有一篇文章没有写网址")
        if len({*paths}) < len(paths):
            yield message("同一篇文章写了两遍")


def _tidy_article(article: PublishedArticle) -> PublishedArticle:
    return PublishedArticle(*map(tidy, astuple(article)))
