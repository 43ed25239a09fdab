"""What web servers are to say with each file of a site: `.htaccess` for Apache, and a file to include for nginx.

The site loads nothing from elsewhere and runs no script but its own files, so the policy can be strict: a sentence that somehow came to
be markup could still do nothing. Both files say the same; `tests/web/test_servers.py` starts the servers and asks them.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from bulletin.model.artifact import Artifact
from bulletin.model.site import Tombstone
from bulletin.render.web.addresses import ATOM_FILE, JSON_FEED_FILE
from bulletin.render.web.frame import Frame

HTACCESS_FILE, NGINX_FILE = ".htaccess", "nginx-headers.conf"
_KEPT = "public, max-age=31536000, immutable"
_ASKED = "no-cache"
_NAMED_BY_CONTENT = r"[./][0-9a-f]{12,16}\.[a-z0-9]+$"
"""Files whose names change with their content: style sheets, scripts, pictures."""
_PARTS_OF_SEARCH, _ASKED_BY_CONTENT = r"/search/[0-9-]+/[0-9a-z]+\.js$", r"^d=[0-9a-f]{6}$"
"""Files that are asked for by a digest of their content; without it they may change."""
_PDF = r"\.pdf$"
PDF_POLICY = "frame-ancestors 'none'"
"""A PDF bears no more of the policy: Chromium shows it by a page of its own, which a strict one breaks (crbug.com/271452)."""
_TYPES = (
    "text/css",
    "text/javascript",
    "application/javascript",
    "text/xml",
    "application/xml",
    "application/json",
    "application/atom+xml",
    "application/feed+json",
    "text/plain",
)
"""What is text besides HTML: sent as UTF-8, and compressed."""
_FEATURES = ("accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone", "payment", "usb")


def render_htaccess(frame: Frame, tombstones: Iterable[Tombstone] = ()) -> Artifact:
    """`.htaccess`, in the site's own folder. It needs `AllowOverride FileInfo`, and mod_headers; mod_alias to say that withdrawn articles are gone."""
    base = frame.settings.base
    headers = "\n".join(f'Header always set {name} "{value}"' for name, value in security_headers(frame))
    lines = f"""\
# 由 bulletin site 生成，随网站上传；Apache 2.4 要有 AllowOverride FileInfo 和 mod_headers。
AddDefaultCharset utf-8
AddCharset utf-8 .css .js .json .xml .txt
ErrorDocument 404 {base}404.html
<Files "{ATOM_FILE}">
ForceType "application/atom+xml; charset=utf-8"
</Files>
<Files "{JSON_FEED_FILE}">
ForceType "application/feed+json; charset=utf-8"
</Files>
<IfModule mod_headers.c>
{headers}
Header always set Content-Security-Policy "{PDF_POLICY}" "expr=%{{REQUEST_URI}} =~ m#{_PDF}#"
# 压缩过的网页，Apache 在 ETag 后面加了 -gzip，浏览器来问时要去掉，否则没有变化也重发一遍
RequestHeader edit* If-None-Match "-gzip\\"" "\\""
Header set Cache-Control "{_ASKED}"
Header set Cache-Control "{_KEPT}" "expr=%{{REQUEST_URI}} =~ m#{_NAMED_BY_CONTENT}#"
Header set Cache-Control "{_KEPT}" "expr=%{{REQUEST_URI}} =~ m#{_PARTS_OF_SEARCH}# && %{{QUERY_STRING}} =~ m#{_ASKED_BY_CONTENT}#"
</IfModule>
<IfModule mod_filter.c>
AddOutputFilterByType DEFLATE text/html {" ".join(_TYPES)}
</IfModule>
{_gone_by_apache(base, tuple(tombstones))}"""
    return Artifact(HTACCESS_FILE, "text/plain", lines.encode())


def render_nginx(frame: Frame, tombstones: Iterable[Tombstone] = ()) -> Artifact:
    """The file for `include` in nginx's `server { … }`; it belongs outside the site's folder.

    nginx drops these headers in every `location` that has an `add_header` of its own; so this file has one place for all. nginx reads it when it is started or reloaded: until then withdrawn articles are answered by their
    tombstones with status 200, which ask search engines to forget them.
    """
    base = frame.settings.base
    policy, *others = security_headers(frame)
    headers = "\n".join(f'add_header {name} "{value}" always;' for name, value in others)
    lines = f"""\
# 由 bulletin site 生成。放在网站文件夹之外，在 nginx 的 server {{ … }} 里写 include 引入。
# 有自己的 add_header 的 location 里，这些标头会失效：请在那里再 include 一次。
charset utf-8;
charset_types {" ".join(_TYPES)};
gzip on;
gzip_vary on;
gzip_types {" ".join(_TYPES)};
error_page 404 {base}404.html;
location = {base}{ATOM_FILE} {{ types {{ }} default_type application/atom+xml; }}
location = {base}{JSON_FEED_FILE} {{ types {{ }} default_type application/feed+json; }}
location ~ /\\.ht {{ return 404; }}
set $bulletin_cache "{_ASKED}";
if ($uri ~ "{_NAMED_BY_CONTENT}") {{ set $bulletin_cache "{_KEPT}"; }}
set $bulletin_kept "{_ASKED}";
if ($args ~ "{_ASKED_BY_CONTENT}") {{ set $bulletin_kept "{_KEPT}"; }}
if ($uri ~ "{_PARTS_OF_SEARCH}") {{ set $bulletin_cache $bulletin_kept; }}
add_header Cache-Control $bulletin_cache;
set $bulletin_policy "{policy[1]}";
if ($uri ~ "{_PDF}") {{ set $bulletin_policy "{PDF_POLICY}"; }}
add_header Content-Security-Policy $bulletin_policy always;
{headers}
{_gone_by_nginx(base, tuple(tombstones))}"""
    return Artifact(NGINX_FILE, "text/plain", lines.encode())


def _gone_by_apache(base: str, tombstones: tuple[Tombstone, ...]) -> str:
    """410 Gone (RFC 9110, 15.5.11) at the addresses of withdrawn articles, each with its tombstone.

    The page itself is asked for once more inside of Apache, with a `REDIRECT_STATUS`; only what readers ask for is gone.
    """
    if not tombstones:
        return ""
    lines = ["# 撤回的文章，回答 410（没有了），内容是它的撤稿页", "<IfModule mod_alias.c>"]
    for page in (f"{base}{each.path}/" for each in tombstones):
        asked = f"%{{REQUEST_URI}} in {{ '{page}', '{page}index.html' }}"
        lines.append(f"<If \"-z reqenv('REDIRECT_STATUS') && {asked}\">")
        lines += [f"ErrorDocument 410 {page}index.html", 'RedirectMatch gone "^"', "</If>"]
    return "\n".join([*lines, "</IfModule>", ""])


def _gone_by_nginx(base: str, tombstones: tuple[Tombstone, ...]) -> str:
    """The same for nginx, by exact locations, which no pattern of the server's own comes before.

    The page itself is `internal`: whoever asks for it by its file gets the error that nginx has for that, told as 410. (A named location
    would be shorter, but then the file could not be included in a location.)
    """
    lines = ["# 撤回的文章，回答 410（没有了），内容是它的撤稿页；这里有变化，要 nginx -s reload"] if tombstones else []
    for page in (f"{base}{each.path}/" for each in tombstones):
        lines.append(f"location = {page} {{ error_page 410 {page}index.html; return 410; }}")
        lines.append(f"location = {page}index.html {{ internal; error_page 404 =410 {page}index.html; }}")
    return "\n".join([*lines, ""]) if lines else ""


def security_headers(frame: Frame) -> tuple[tuple[str, str], ...]:
    """The headers of every answer, the policy first.

    In public everything may be shown elsewhere as a picture in a reader of feeds, and nothing may be framed. On the intranet nothing leaves.
    HTTPS itself (HSTS) is said for a whole server, and by its webmaster.
    """
    secure = not frame.internal and frame.settings.url.startswith("https:")
    return (
        ("Content-Security-Policy", content_security_policy(frame)),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _FEATURES)),
        ("Cross-Origin-Resource-Policy", "same-origin" if frame.internal else "cross-origin"),
        *((("Cross-Origin-Opener-Policy", "same-origin"),) if secure else ()),
        *((("X-Robots-Tag", "noindex, nofollow, noarchive"),) if frame.internal else ()),
    )


def content_security_policy(frame: Frame) -> str:
    """What pages may load and run: the site's own files, and the one script of their heads, known by its hash.

    Source: Content Security Policy Level 3, W3C.
    """
    early = f" 'sha256-{script_hash(frame.early)}'" if frame.early else ""
    rules = (
        "default-src 'none'",
        f"script-src 'self'{early}",
        "style-src 'self'",
        "img-src 'self'",
        "font-src data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return "; ".join(rules)


def script_hash(script: str) -> str:
    """The SHA-256 of a script as browsers compute it, in Base64."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
