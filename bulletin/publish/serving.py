"""What visitors are served: fetched from the site's address and compared with what was published."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from socket import gaierror
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bulletin.model.errors import reason_of
from bulletin.model.problem import NOTHING, Message, message
from bulletin.model.release import Release, article_at, is_article_page

WAITS_S = (0.5, 1.0, 2.0, 4.0)
"""Before each further attempt: servers remember for some seconds where a link led (nginx `open_file_cache`, PHP's path cache)."""
_TIMEOUT_S = 20
_AT_ONCE = 8
_LARGEST = 1 << 28
_BEGINNING = 1 << 16
_HIDDEN = (".htaccess",)


@dataclass(frozen=True, slots=True)
class Served:
    """What the address gave: how many files were right, the paths of those that were not, and why it could not be reached at all (nothing if it could)."""

    right: int
    wrong: tuple[str, ...] = ()
    unreachable: Message = NOTHING


def fetch_all(url: str, release: Release, paths: Iterable[str], wait: Callable[[float], None] = time.sleep) -> Served:
    """Fetches files of a release, each until it is right or patience is at its end.

    Args:
        url: The address of the home page, ending in `/`.
        release: What each file should be; a page that says that an article was withdrawn may come with the status 410.
        paths: Which to fetch.
        wait: Waits so many seconds.
    """
    files, gone = release.files, _may_be_gone(release)
    wanted = [path for path in dict.fromkeys(paths) if path in files and path not in _HIDDEN]
    left: Sequence[str] = wanted
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for seconds in (0.0, *WAITS_S):
            if seconds:
                wait(seconds)
            answers = list(zip(left, threads.map(lambda path: _fetch(url, path, gone=gone(path)), left), strict=True))
            left = [path for path, answer in answers if answer != files[path].sha256]
            if not left:
                break
            faults = [answer for _, answer in answers if isinstance(answer, OSError)]
            if len(faults) == len(answers):
                return Served(0, (), _reason(faults[0]))
    return Served(len(wanted) - len(left), tuple(left))


def fetch_beginning(address: str) -> bytes:
    """The first bytes of what anybody is given at an address; none where nothing is, or nobody answers."""
    request = Request(address, headers={"Cache-Control": "no-cache", "User-Agent": "bulletin"})  # noqa: S310  http or https: the settings were checked
    try:
        with build_opener(_NoRedirects).open(request, timeout=_TIMEOUT_S) as answer:
            content: bytes = answer.read(_BEGINNING)
            return content
    except (OSError, HTTPException):
        return b""


class _NoRedirects(HTTPRedirectHandler):
    """An address that leads elsewhere is not the one that was published."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


def _may_be_gone(release: Release) -> Callable[[str], bool]:
    """Whether a page is at the address of an article that is not public."""
    public = {each.path for each in release.articles}
    return lambda path: is_article_page(path) and article_at(path) not in public


def _fetch(url: str, path: str, *, gone: bool = False) -> str | OSError:
    """The SHA-256 sum of what is served, empty where an error is; a fault of the connection as it is."""
    address = url + quote(path.removesuffix("index.html"))
    request = Request(address, headers={"Cache-Control": "no-cache", "User-Agent": "bulletin"})  # noqa: S310  http or https: the settings were checked
    try:
        with build_opener(_NoRedirects).open(request, timeout=_TIMEOUT_S) as answer:
            return _sum_of(answer.read)
    except HTTPError as answer:
        return _sum_of(answer.read) if gone and answer.code == HTTPStatus.GONE else ""
    except (OSError, HTTPException) as fault:
        return fault if isinstance(fault, OSError) else OSError(str(fault))


def _sum_of(read: Callable[[int], bytes]) -> str:
    """The sum of all that is read, as far as anything is to be believed that is so long; empty of nothing."""
    digest, size = hashlib.sha256(), 0
    while size < _LARGEST and (part := read(1 << 16)):
        digest.update(part)
        size += len(part)
    return digest.hexdigest() if size else ""


def _reason(fault: OSError) -> Message:
    """What kept the address from being reached."""
    inner = fault.reason if isinstance(fault, URLError) and isinstance(fault.reason, OSError) else fault
    if isinstance(inner, TimeoutError):
        return message("没有回应")
    return message("找不到这个域名") if isinstance(inner, gaierror) else reason_of(inner)
