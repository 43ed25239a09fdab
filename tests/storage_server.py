"""Storage that speaks S3: a moto server on the loopback, buckets in it, and a wire to it that counts, cuts and spoils."""

from __future__ import annotations

import atexit
import hashlib
import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import boto3
import pytest
from botocore.config import Config

from bulletin.model.target import BucketPlace
from bulletin.publish.targets.storage.requests import Storage, open_storage
from bulletin.publish.targets.storage.target import BucketTarget
from tests.postgresql import _end_with_parent

KEY, SECRET = "AKIDTESTTESTTESTTEST", "not-a-secret"
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": KEY,
    "AWS_SECRET_ACCESS_KEY": SECRET,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": "/nowhere",
    "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
}
_numbers = itertools.count(1)


class Cut(BaseException):
    """The machine is gone: nothing catches this."""


@dataclass
class Wire:
    """Between the library and the server. Once `left` requests have gone through, all is cut: the next one is not sent, or (`answered` is
    false) is sent, and its answer lost. `spoil` may change what is sent."""

    session: Any
    left: int | None = None
    answered: bool = True
    spoil: Callable[[Any], None] | None = None
    sent: list[tuple[str, str]] = field(default_factory=list)
    requests: list[Any] = field(default_factory=list)
    lock: Any = field(default_factory=threading.Lock)

    def send(self, request: Any) -> Any:
        with self.lock:
            going = self.left is None or self.left > 0
            losing = self.left == 0 and not self.answered
            if self.left is not None:
                self.left -= 1
            if not going and not losing:
                raise Cut
            self.sent.append((kind_of(request), key_of(request)))
            self.requests.append(request)
        if self.spoil:
            self.spoil(request)
        answer = self.session.send(request)
        if losing:
            _ = answer.content  # read, so that the connection is not left open
            raise Cut
        return answer

    def close(self) -> None:
        self.session.close()

    def counts(self) -> dict[str, int]:
        """How many requests of each kind there were since this was asked last."""
        counted = Counter(kind for kind, _ in self.sent)
        self.sent.clear()
        self.requests.clear()
        return dict(counted)


def kind_of(request: Any) -> str:
    """`GET`, `LIST`, `PUT`, `COPY`, `DELETE`."""
    if "list-type" in parse_qs(urlsplit(request.url).query):
        return "LIST"
    return "COPY" if "x-amz-copy-source" in request.headers else str(request.method)


def key_of(request: Any) -> str:
    return unquote(urlsplit(request.url).path).lstrip("/").partition("/")[2]


def body_of(request: Any) -> bytes:
    """What is sent: the library makes a file of it."""
    body = request.body
    return body.getvalue() if isinstance(body, BytesIO) else body or b""


def set_body(request: Any, content: bytes) -> None:
    """Sends something else, of the same length."""
    assert len(content) == len(body_of(request))
    request.body = BytesIO(content)


@dataclass(frozen=True)
class Bucket:
    """A bucket of its own, empty at first; `client` is the tests' own way to it."""

    endpoint: str
    name: str
    prefix: str
    client: Any

    @property
    def place(self) -> BucketPlace:
        return BucketPlace(self.name, self.prefix, self.endpoint, "")

    def open(self) -> tuple[BucketTarget, Wire]:
        """The target, and the wire to it."""
        return wired(open_storage(self.place), self.prefix)

    def put(self, path: str, content: bytes) -> None:
        self.client.put_object(Bucket=self.name, Key=self.prefix + path, Body=content)

    def get(self, path: str) -> bytes:
        content: bytes = self.client.get_object(Bucket=self.name, Key=self.prefix + path)["Body"].read()
        return content

    def head(self, path: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.client.head_object(Bucket=self.name, Key=self.prefix + path)
        return answer

    def tags(self) -> dict[str, str]:
        """The MD5 sum of every object by its path below the prefix, as the server made it."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=self.prefix)
        objects = [each for page in pages for each in page.get("Contents", ())]
        return {each["Key"].removeprefix(self.prefix): each["ETag"].strip('"') for each in objects}

    def site(self) -> dict[str, str]:
        """The same of what visitors see."""
        return {path: tag for path, tag in self.tags().items() if not path.startswith(".bulletin/")}


def wired(storage: Storage, prefix: str) -> tuple[BucketTarget, Wire]:
    """A target whose requests go by a wire."""
    endpoint = storage._client._endpoint
    wire = Wire(endpoint.http_session)
    endpoint.http_session = wire
    return BucketTarget(storage, prefix), wire


def tags_of(contents: Mapping[str, bytes]) -> dict[str, str]:
    """What `Bucket.site` says where these are the site's files."""
    return {path: hashlib.md5(content).hexdigest() for path, content in contents.items()}


@contextmanager
def storage_server() -> Iterator[Callable[..., Bucket]]:
    """A server, one for all tests of a process; gives what makes a new bucket in it, and knows the keys in the environment meanwhile."""
    endpoint = _started()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        client = boto3.client(
            "s3", endpoint_url=endpoint, region_name="us-east-1", config=Config(signature_version="s3v4")
        )

        def new(prefix: str = "gzdt/") -> Bucket:
            name = f"bucket-{next(_numbers)}"
            client.create_bucket(Bucket=name)
            return Bucket(endpoint, name, prefix, client)

        yield new
        client.close()


@cache
def _started() -> str:
    """The address of a server that goes on until this process ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).parent / "moto_server"
    process = subprocess.Popen(
        [program, "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **ENVIRONMENT, "MOTO_CALL_RESET_API": "false"},
        preexec_fn=_end_with_parent,  # noqa: PLW1509  the tests have no threads
    )
    atexit.register(_stop, process)
    _wait(port, process)
    return f"http://127.0.0.1:{port}"


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    while True:
        assert process.poll() is None, "the storage server ended"
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
