"""What storage that speaks S3 refuses, and what the library says of the way to it, in the editor's language.

Nothing that a server wrote is shown but its code: its sentences may hold the id of the key.

Source: Amazon S3 API Reference, Error responses; the codes of other makes beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import NOTHING, Message, message

if TYPE_CHECKING:
    from botocore.exceptions import BotoCoreError, ClientError

_Words: TypeAlias = tuple[Message, Message]
_CODE = re.compile(r"[A-Za-z0-9._-]{1,60}")
MISSING = frozenset({"NoSuchKey", "404"})
THERE_ALREADY = frozenset({"PreconditionFailed", "412", "ConditionalRequestConflict", "409", "FileAlreadyExists"})
NOT_KNOWN = frozenset({"NotImplemented", "501"})
"""A header that is asked of the server is not known to it."""

_NO_BUCKET = (message("没有这个桶"), message("请核对 bulletin.yaml 里 publish 的 to，或先在存储服务的控制台建好桶"))
_NO_RIGHT = (
    message("没有权限"),
    message("密钥要有列出（ListBucket）、读（GetObject）、写（PutObject）、删（DeleteObject）的权限；请问管存储的人"),
)
_WRONG_KEY = (
    message("密钥不对"),
    message("请核对环境变量 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY，或 ~/.aws 里的密钥"),
)
_OLD_KEY = (message("临时密钥过期了"), message("请取新的密钥，再运行一次"))
_NO_KEY = (
    message("没有找到密钥"),
    message("请设置环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY，或在 ~/.aws 里配置；不要写在 bulletin.yaml 里"),
)
_ELSEWHERE = (message("桶在别的区域"), message("请在 bulletin.yaml 里写对 region；不是 AWS 的，也要写 endpoint"))
_CLOCK = (message("这台电脑的时钟与存储服务的差得太多"), message("请校准这台电脑的时间和时区，再运行一次"))
_BUSY = (message("存储服务忙，或出了故障"), message("请过几分钟再运行一次，已经送到的不会再送"))
_FULL = (message("存储空间用完了"), message("腾出空间，或请管存储的人扩容后，再运行一次"))
_STOPPED = (message("存储账户停用了（如欠费）"), message("请问管存储的人"))
_DAMAGED = (message("送到的内容与送出的不一样，被退了回来"), message("请再运行一次；总是这样，就请检查网络设备"))
_LOST = (message("桶里少了应有的内容"), message("请再发布一次；并查明是谁删了 .bulletin/ 下的文件"))
_STYLE = (
    message("不接受这种写法的网址"),
    message("请核对 endpoint；在 ~/.aws/config 里可以用 addressing_style 指定写法（virtual 或 path）"),
)
_TOO_SLOW = (message("等不到回答"), message("请检查网络和 endpoint，再运行一次；已经送到的不会再送"))
_NO_WAY = (message("连接不上"), message("请检查网络和 bulletin.yaml 里的 endpoint，再运行一次"))
_CERTIFICATE = (
    message("证书不可信"),
    message("请核对 endpoint；内网自签的证书，用环境变量 AWS_CA_BUNDLE 指明颁发证书的机构的证书"),
)
_CUT = (message("连接断了"), message("请再运行一次，已经送到的不会再送"))
_NO_REGION = (message("没有说桶在哪个区域"), message("请在 bulletin.yaml 里写 region；不是 AWS 的，也要写 endpoint"))
_SETTINGS = (message("读不懂存储的设置"), message("请核对 bulletin.yaml 里的 endpoint、region，和 ~/.aws 里的配置"))

_REFUSALS: dict[str, _Words] = {
    **dict.fromkeys(("NoSuchBucket", "InvalidBucketName"), _NO_BUCKET),
    **dict.fromkeys(("AccessDenied", "403", "AllAccessDisabled", "Forbidden", "MethodNotAllowed"), _NO_RIGHT),
    **dict.fromkeys(("InvalidAccessKeyId", "SignatureDoesNotMatch", "401", "InvalidSecurity"), _WRONG_KEY),
    **dict.fromkeys(("ExpiredToken", "TokenRefreshRequired", "InvalidToken", "SecurityTokenExpired"), _OLD_KEY),
    **dict.fromkeys(
        ("PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed", "301", "307", "InvalidRegion"),
        _ELSEWHERE,
    ),
    **dict.fromkeys(("RequestTimeTooSkewed", "RequestExpired"), _CLOCK),
    **dict.fromkeys(
        ("SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout", "OperationAborted", "Throttling"), _BUSY
    ),
    **dict.fromkeys(("500", "502", "503", "504"), _BUSY),
    **dict.fromkeys(("QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "507"), _FULL),
    **dict.fromkeys(("UserDisable", "UserSuspended", "AccountProblem", "InArrearOrInsufficientBalance"), _STOPPED),
    **dict.fromkeys(
        ("BadDigest", "XAmzContentSHA256Mismatch", "ContentSHA256Mismatch", "InvalidDigest", "IncompleteBody"), _DAMAGED
    ),
    **dict.fromkeys(("NoSuchKey", "404"), _LOST),
    **dict.fromkeys(("SecondLevelDomainForbidden", "PathStyleDomainForbidden", "InvalidURI"), _STYLE),
}
_WAYS: tuple[tuple[tuple[str, ...], _Words], ...] = (
    (("NoCredentialsError", "PartialCredentialsError", "ProfileNotFound", "ConfigNotFound"), _NO_KEY),
    (("CredentialRetrievalError", "TokenRetrievalError", "SSOError", "UnauthorizedSSOTokenError"), _OLD_KEY),
    (("NoRegionError",), _NO_REGION),
    (("SSLError",), _CERTIFICATE),
    (("ConnectTimeoutError", "ReadTimeoutError"), _TOO_SLOW),
    (("ConnectionClosedError", "ResponseStreamingError", "IncompleteReadError"), _CUT),
    (("EndpointConnectionError", "ProxyConnectionError", "ConnectionError", "HTTPClientError"), _NO_WAY),
)
"""The library's faults by the names of their classes, the nearest first."""


@contextmanager
def asking(bucket: str) -> Iterator[None]:
    """Turns what the storage refuses, or the way to it fails, into a `TargetUnavailable` that names the bucket."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as refusal:
        raise _unavailable(bucket, _refused(refusal)) from refusal
    except BotoCoreError as fault:
        raise _unavailable(bucket, _failed(fault)) from fault
    except RecursionError as ring:  # sent elsewhere without an address, the library asks where, and is sent elsewhere
        raise _unavailable(bucket, _ELSEWHERE) from ring


def misread_settings(bucket: str) -> TargetUnavailable:
    """What is to be said where the library cannot even begin: an endpoint that is no address."""
    return _unavailable(bucket, _SETTINGS)


def code_of(refusal: ClientError) -> str:
    """The code by which the storage refused."""
    answer: Any = refusal.response
    return str(answer.get("Error", {}).get("Code", ""))


def is_fault(refusal: ClientError) -> bool:
    """True if the storage did not refuse, but failed."""
    return _status(refusal).startswith("5")


def _refused(refusal: ClientError) -> _Words:
    code = code_of(refusal)
    known = _REFUSALS.get(code) or _REFUSALS.get(_status(refusal))
    if known:
        return known
    said = code if _CODE.fullmatch(code) else "?"
    return message("不肯照办，代码是 {code}", code=said), message("请把代码告诉管存储的人")


def _status(refusal: ClientError) -> str:
    answer: Any = refusal.response
    return str(answer.get("ResponseMetadata", {}).get("HTTPStatusCode", ""))


def _failed(fault: BotoCoreError) -> _Words:
    classes = {each.__name__ for each in type(fault).__mro__}
    return next((words for names, words in _WAYS if classes & set(names)), _SETTINGS)


def _unavailable(bucket: str, words: _Words) -> TargetUnavailable:
    why, advice = words
    return TargetUnavailable(message("用不了对象存储的桶“{bucket}”：{why}", bucket=bucket, why=why), advice or NOTHING)
