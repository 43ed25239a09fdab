"""nginx and Apache of Debian with settings of the tests' own, on a free port of the loopback, serving a site as a bureau would."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.programs import installed

NGINX = """\
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
{user}
worker_processes 1;
events {{ }}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path {folder}/a;
  proxy_temp_path {folder}/b;
  fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d;
  scgi_temp_path {folder}/e;
  server {{
    listen 127.0.0.1:{port};
    root {root};
    include {folder}/nginx-headers.conf;
  }}
}}
"""
APACHE = """\
ServerRoot {folder}
PidFile {folder}/pid
ErrorLog {folder}/error.log
Listen 127.0.0.1:{port}
ServerName 127.0.0.1
{modules}
{user}
TypesConfig /etc/mime.types
DocumentRoot {folder}/www
DirectoryIndex index.html
<Directory {folder}/www>
  Require all granted
  AllowOverride FileInfo
</Directory>
"""
MODULES = ("mpm_event", "authz_core", "mime", "dir", "headers", "filter", "deflate", "alias")
MODULES_FOLDER = "/usr/lib/apache2/modules"


@dataclass(frozen=True)
class Answer:
    """What a server answers: status, headers by small name, content."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True)
class WebServer:
    """A server at work; `base` is the path of the site's home page."""

    port: int
    base: str

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base}"

    def get(self, path: str, **headers: str) -> Answer:
        """What is answered for a file of the site; each header once."""
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", self.base + path, headers=headers)
        response = connection.getresponse()
        said = [(name.lower(), value) for name, value in response.getheaders()]
        answer = Answer(response.status, dict(said), response.read())
        connection.close()
        assert len(answer.headers) == len(said), said
        return answer


@contextmanager
def nginx(site: Path, settings: bytes, base: str = "/") -> Iterator[WebServer]:
    """nginx serving the site, with the file that `render_nginx` makes."""
    with _folder(site, base) as folder, _nginx(folder, folder / "www", settings) as port:
        yield WebServer(port, base)


@contextmanager
def nginx_at(root: Path) -> Iterator[WebServer]:
    """nginx serving a folder where it lies, or what a link leads to; all may be changed meanwhile."""
    with tempfile.TemporaryDirectory(prefix="bulletin-server-") as folder:
        Path(folder).chmod(0o755)
        with _nginx(Path(folder), root, b"") as port:
            yield WebServer(port, "/")


@contextmanager
def apache(site: Path, base: str = "/", without: str = "") -> Iterator[WebServer]:
    """Apache serving the site, which has its `.htaccess`; without one of the modules, if one is named."""
    program = installed("apache2", "apache2-bin")
    with _folder(site, base) as folder:
        port = _free_port()
        user = "User www-data\nGroup www-data" if os.getuid() == 0 else ""
        modules = "\n".join(
            f"LoadModule {name}_module {MODULES_FOLDER}/mod_{name}.so" for name in MODULES if name != without
        )
        settings = APACHE.format(folder=folder, port=port, user=user, modules=modules)
        (folder / "apache.conf").write_text(settings)
        with _running([program, "-f", f"{folder}/apache.conf", "-D", "FOREGROUND"], folder, port):
            yield WebServer(port, base)


@contextmanager
def _nginx(folder: Path, root: Path, settings: bytes) -> Iterator[int]:
    """nginx at work with its files in `folder`; gives its port."""
    program = installed("nginx", "nginx-light")
    (folder / "nginx-headers.conf").write_bytes(settings)
    port = _free_port()
    user = "user www-data;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, root=root, port=port, user=user))
    command = [program, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr
    with _running(command, folder, port):
        yield port


@contextmanager
def _folder(site: Path, base: str) -> Iterator[Path]:
    """A folder that servers may read, with the site in `www`, below its path."""
    folder = Path(tempfile.mkdtemp(prefix="bulletin-server-"))
    folder.chmod(0o755)
    place = folder / "www" / base.strip("/")
    shutil.copytree(site, place, dirs_exist_ok=True)
    for each in (folder / "www", place):
        each.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/")
    try:
        while True:
            assert process.poll() is None, _said(process, folder)
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait()
        assert process.stderr
        process.stderr.close()


def _said(process: subprocess.Popen[bytes], folder: Path) -> str:
    log = folder / "error.log"
    told = process.stderr.read().decode() if process.stderr else ""
    return told + (log.read_text() if log.exists() else "")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
