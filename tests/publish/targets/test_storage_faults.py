"""What can be wrong with storage, and the way to it: each is said in Chinese, with what to do, and without the id of the key."""

from __future__ import annotations

import base64
import hashlib
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from urllib3 import HTTPResponse

from bulletin.model.errors import TargetUnavailable
from bulletin.model.target import BucketPlace
from bulletin.publish.targets.storage import requests as storage_module
from bulletin.publish.targets.storage.requests import open_storage
from bulletin.publish.targets.storage.target import open_bucket
from tests.storage_server import ENVIRONMENT, KEY, Wire

Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)


@contextmanager
def answering(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[tuple[str, list[str]]]:
    """A server that answers everything alike; gives its address, and what was asked."""
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            asked.append(self.requestline)
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer(self)

        do_GET = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815

        def log_message(self, *said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def refusing(status: int, code: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        content = f"<Error><Code>{code}</Code><Message>{KEY}</Message><AWSAccessKeyId>{KEY}</AWSAccessKeyId></Error>"
        respond(request, status, content.encode())

    return answer


def respond(request: BaseHTTPRequestHandler, status: int, content: bytes, length: int = 0) -> None:
    request.send_response(status)
    request.send_header("Content-Type", "application/xml")
    request.send_header("Content-Length", str(length or len(content)))
    request.send_header(
        "Connection", "close"
    )  # a client that is not told may ask once more on a line that is being closed
    request.end_headers()
    request.wfile.write(content)


def one_by_one(*answers: Answer) -> Answer:
    """Each answer once, in their order."""
    left = iter(answers)

    def answer(request: BaseHTTPRequestHandler) -> None:
        next(left)(request)

    return answer


def place(endpoint: str) -> BucketPlace:
    return BucketPlace("bucket", "gzdt/", endpoint, "")


def failure(endpoint: str) -> TargetUnavailable:
    """What a target there says to the first question."""
    target = open_bucket(place(endpoint))
    with pytest.raises(TargetUnavailable) as caught:
        target.live()
    target.close()
    return caught.value


@pytest.mark.parametrize(
    ("status", "code", "said", "advised"),
    [
        (404, "NoSuchBucket", "没有这个桶", "to"),
        (403, "AccessDenied", "没有权限", "ListBucket"),
        (403, "InvalidAccessKeyId", "密钥不对", "AWS_ACCESS_KEY_ID"),
        (403, "SignatureDoesNotMatch", "密钥不对", "AWS_SECRET_ACCESS_KEY"),
        (400, "ExpiredToken", "过期", "新的密钥"),
        (400, "AuthorizationHeaderMalformed", "别的区域", "region"),
        (301, "PermanentRedirect", "别的区域", "endpoint"),
        (403, "RequestTimeTooSkewed", "时钟", "校准"),
        (503, "SlowDown", "忙", "过几分钟"),
        (500, "InternalError", "故障", "再运行一次"),
        (507, "XMinioStorageFull", "用完", "扩容"),
        (403, "UserDisable", "停用", "管存储的人"),
        (400, "XAmzContentSHA256Mismatch", "退了回来", "再运行一次"),
        (403, "SecondLevelDomainForbidden", "网址", "addressing_style"),
        (418, "SomethingOfTheirOwn", "SomethingOfTheirOwn", "代码"),
        (403, "SomethingOfTheirOwn", "没有权限", "GetObject"),
        (418, f"{KEY} 不行", "代码是 ?", "代码"),
    ],
)
def test_what_storage_refuses(status: int, code: str, said: str, advised: str) -> None:
    with answering(refusing(status, code)) as (endpoint, _):
        fault = failure(endpoint)
    assert said in str(fault)
    assert "“bucket”" in str(fault)
    assert advised in str(fault.advice)
    assert KEY not in f"{fault}{fault.advice}"


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert "连接不上" in str(failure(endpoint))


def test_no_such_host() -> None:
    assert "连接不上" in str(failure("http://storage.invalid"))


def test_what_hangs_is_given_up_after_some_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert storage_module.SECONDS == 15
    monkeypatch.setattr(storage_module, "SECONDS", 0.2)
    wait = threading.Event()

    def hang(_: BaseHTTPRequestHandler) -> None:
        wait.wait(20)

    with answering(hang) as (endpoint, asked):
        fault = failure(endpoint)
        wait.set()
    assert "等不到回答" in str(fault)
    assert len(asked) == 3


def test_what_is_busy_for_a_moment_is_asked_again() -> None:
    with answering(one_by_one(refusing(503, "SlowDown"), refusing(500, "-"), refusing(404, "NoSuchKey"))) as (
        endpoint,
        asked,
    ):
        target = open_bucket(place(endpoint))
        assert target.live() == ""
        target.close()
    assert len(asked) == 3


def test_an_answer_that_breaks_off_is_asked_for_again() -> None:
    whole = b'{"live": "00001-00000000", "switching": []}'
    lengths = iter([len(whole) + 9, len(whole) + 9])
    with answering(lambda request: respond(request, 200, whole, next(lengths, 0))) as (endpoint, asked):
        target = open_bucket(place(endpoint))
        assert target.live() == "00001-00000000"
        target.close()
    assert len(asked) == 3
    with answering(lambda request: respond(request, 200, whole, len(whole) + 9)) as (endpoint, asked):
        assert "连接断了" in str(failure(endpoint))
    assert len(asked) == 3


def test_a_certificate_that_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, key = tmp_path / "certificate", tmp_path / "key"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    names = ["-subj", "/CN=storage", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with answering(refusing(404, "NoSuchKey"), context) as (endpoint, _):
        assert "证书不可信" in str(failure(endpoint))
        monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate))
        target = open_bucket(place(endpoint))
        assert target.live() == "", "as the advice says"
        target.close()


def test_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    fault = failure("http://127.0.0.1:9")
    assert "没有找到密钥" in str(fault)
    assert "bulletin.yaml" in str(fault.advice)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    with pytest.raises(TargetUnavailable, match="没有找到密钥") as caught:
        open_bucket(place("http://127.0.0.1:9"))
    assert KEY not in f"{caught.value}{caught.value.advice}"


def test_a_profile_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    with pytest.raises(TargetUnavailable, match="没有找到密钥"):
        open_bucket(place("http://127.0.0.1:9"))


@pytest.mark.parametrize("endpoint", ["storage", "http://", "ftp//x"])
def test_an_endpoint_that_is_no_address(endpoint: str) -> None:
    with pytest.raises(TargetUnavailable, match="读不懂存储的设置"):
        open_bucket(place(endpoint))


def test_a_content_that_is_gone_when_it_is_to_be_copied() -> None:
    with answering(refusing(404, "NoSuchKey")) as (endpoint, _):
        storage = open_storage(place(endpoint))
        with pytest.raises(TargetUnavailable, match="少了"):
            storage.copy("gzdt/.bulletin/blobs/0", "gzdt/index.html", storage_module.RECORD)
        storage.close()


@pytest.mark.parametrize(
    ("status", "code", "written"), [(412, "PreconditionFailed", False), (409, "ConditionalRequestConflict", False)]
)
def test_what_is_there_already(status: int, code: str, written: bool) -> None:
    with answering(refusing(status, code)) as (endpoint, _):
        storage = open_storage(place(endpoint))
        assert storage.create("lock", b"{}") is written
        assert storage.replace("lock", b"{}", '"tag"') is written
        storage.close()


def test_a_server_that_knows_no_conditions_is_written_to_without() -> None:
    with answering(one_by_one(refusing(501, "NotImplemented"), lambda each: respond(each, 200, b""))) as (
        endpoint,
        asked,
    ):
        storage = open_storage(place(endpoint))
        assert storage.create("lock", b"{}")
        storage.close()
    assert len(asked) == 2


# Addresses and sums, by what would be sent


class Nowhere:
    """Answers that all is well, and sends nothing."""

    def send(self, request: Any) -> AWSResponse:
        return AWSResponse(request.url, 200, {}, HTTPResponse(BytesIO(), preload_content=False))  # type: ignore[no-untyped-call]

    def close(self) -> None:
        pass


def requests_of(endpoint: str, region: str = "cn-north-1") -> list[Any]:
    storage = open_storage(BucketPlace("bucket", "", endpoint, region))
    wire = Wire(Nowhere())
    storage._client._endpoint.http_session = wire
    storage.write("index.html", b"<p>")
    storage.close()
    return wire.requests


@pytest.mark.parametrize(
    ("endpoint", "url"),
    [
        ("", "https://bucket.s3.cn-north-1.amazonaws.com.cn/index.html"),
        ("http://10.1.2.3:9000", "http://10.1.2.3:9000/bucket/index.html"),
        ("https://minio.lgb.example.cn", "https://minio.lgb.example.cn/bucket/index.html"),
        ("https://s3.oss-cn-beijing.aliyuncs.com", "https://bucket.s3.oss-cn-beijing.aliyuncs.com/index.html"),
        ("https://cos.ap-beijing.myqcloud.com", "https://bucket.cos.ap-beijing.myqcloud.com/index.html"),
        ("https://obs.cn-north-4.myhuaweicloud.com", "https://bucket.obs.cn-north-4.myhuaweicloud.com/index.html"),
        ("https://notaliyuncs.com", "https://notaliyuncs.com/bucket/index.html"),
    ],
)
def test_where_the_bucket_stands_in_addresses(endpoint: str, url: str) -> None:
    assert [each.url for each in requests_of(endpoint)] == [url]


def test_a_bureau_may_say_how_addresses_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config").write_text("[default]\ns3 =\n    addressing_style = virtual\n", "utf-8")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    assert requests_of("https://minio.lgb.example.cn")[0].url == "https://bucket.minio.lgb.example.cn/index.html"


@pytest.mark.parametrize("endpoint", ["", "https://s3.oss-cn-beijing.aliyuncs.com", "https://10.1.2.3"])
def test_the_sum_is_signed_everywhere_and_kept_by_those_who_can(endpoint: str) -> None:
    sent = requests_of(endpoint)[0].headers
    headers = {name.lower(): value.decode() if isinstance(value, bytes) else value for name, value in sent.items()}
    digest = hashlib.sha256(b"<p>")
    assert headers["x-amz-content-sha256"] == digest.hexdigest()
    kept = {"x-amz-checksum-sha256": base64.b64encode(digest.digest()).decode()} if not endpoint else {}
    assert {name: value for name, value in headers.items() if "checksum" in name} == kept
    assert "x-amz-trailer" not in headers
    assert "content-encoding" not in headers


def test_nothing_of_the_library_is_loaded_before_a_bucket_is_used() -> None:
    code = "import sys, bulletin.publish.targets.storage.target; sys.exit('boto3' in sys.modules or 'botocore' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
