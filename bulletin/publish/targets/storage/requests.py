"""Storage that speaks S3: one bucket of it, by the few requests that a target needs.

Only requests that all makes know alike are used. Deletions go one by one, as Tencent's COS and others refuse lists of them without
Content-MD5, which the library no longer sends. Checksums in trailers ("aws-chunked"), the library's default since 1.36, are refused by
Alibaba's OSS and others; so they are off, and the SHA-256 sum of what is sent is in the signature instead (`x-amz-content-sha256`):
a server that checks signatures has to refuse other bytes. AWS itself is told the sum as a checksum too, and keeps it with the object.

Keys come from where the library finds them: environment, `~/.aws`, roles.

Source: Amazon S3 API Reference; AWS Signature Version 4, Authenticating requests; Alibaba Cloud OSS, Use AWS SDKs to access OSS.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit

from bulletin.model.release import FileSum
from bulletin.model.target import BucketPlace
from bulletin.publish.targets.side_by_side import LANES
from bulletin.publish.targets.storage.faults import (
    MISSING,
    NOT_KNOWN,
    THERE_ALREADY,
    asking,
    code_of,
    is_fault,
    misread_settings,
)
from bulletin.publish.targets.storage.kinds import Headers
from bulletin.publish.targets.storage.tags import Listed, Seen

T = TypeVar("T")
SECONDS = 15
"""How long an answer is waited for."""
ATTEMPTS = 3
MOST = 1 << 26
"""Bytes of a record that are read."""
_PIECE = 1 << 20
_VIRTUAL = ("aliyuncs.com", "aliyuncs-internal.com", "myqcloud.com", "myhuaweicloud.com", "volces.com")
"""Makes that want the bucket in the name of the host; the library would put it in the path where an endpoint is named."""
_AWS = ("amazonaws.com", "amazonaws.com.cn")
RECORD = Headers("application/json", "no-store")
"""Of what is not for visitors."""


class Storage:
    """A bucket. All methods may raise `TargetUnavailable`, and may be called side by side."""

    def __init__(self, client: Any, place: BucketPlace) -> None:
        self._client = client
        self._place = place
        self._bucket = place.bucket
        self._keeps_sums = _is_of(client.meta.endpoint_url, _AWS)

    def read(self, key: str) -> bytes | None:
        """An object, `MOST` bytes of it at the most; `None` where there is none."""
        return self._reading(key, lambda answer: _content_of(answer["Body"]))

    def read_tagged(self, key: str) -> tuple[bytes, str] | None:
        """An object, as `read` gives it, and its tag, which another content does not have; `None` where there is none."""
        return self._reading(key, lambda answer: (_content_of(answer["Body"]), str(answer["ETag"])))

    def seen(self, key: str) -> Seen | None:
        """What an object is, read whole but a piece at a time; `None` where there is none."""
        return self._reading(key, lambda answer: Seen(_sum_of(answer["Body"]), _tag_of(answer)))

    def public_address(self, key: str) -> str:
        """The address at which the storage gives an object to anybody who asks; empty if it does not."""
        from botocore.exceptions import ClientError

        with asking(self._bucket):
            anybody = _client_of(self._place, anonymous=True)
            try:
                anybody.get_object(Bucket=self._bucket, Key=key)["Body"].close()
                return str(anybody.generate_presigned_url("get_object", {"Bucket": self._bucket, "Key": key}))
            except ClientError as refusal:
                if is_fault(refusal):
                    raise
                return ""
            finally:
                anybody.close()

    def listed(self, prefix: str) -> dict[str, Listed]:
        """Every object whose key begins with the prefix, by the rest of its key. A request for each thousand."""
        with asking(self._bucket):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            objects = (each for page in pages for each in page.get("Contents", ()))
            return {each["Key"][len(prefix) :]: Listed(each["Size"], _tag_of(each)) for each in objects}

    def write(self, key: str, content: bytes, headers: Headers = RECORD) -> None:
        """Writes an object, whatever was there."""
        with asking(self._bucket):
            self._put(key, content, headers)

    def create(self, key: str, content: bytes) -> bool:
        """Writes an object if there is none; false if there is one. A server that does not know how writes it anyway."""
        return self._put_if(key, content, IfNoneMatch="*")

    def replace(self, key: str, content: bytes, tag: str) -> bool:
        """Writes an object if the one there has the tag still; false if not. A server that does not know how writes it anyway."""
        return self._put_if(key, content, IfMatch=tag)

    def copy(self, source: str, key: str, headers: Headers) -> str:
        """Writes an object with the content of another, which does not leave the storage; gives its tag."""
        with asking(self._bucket):
            answer = self._client.copy_object(
                Bucket=self._bucket,
                Key=key,
                CopySource={"Bucket": self._bucket, "Key": source},
                MetadataDirective="REPLACE",
                ContentType=headers.content_type,
                CacheControl=headers.cache_control,
            )
        return _tag_of(answer.get("CopyObjectResult", {}))

    def delete(self, key: str) -> None:
        """Removes an object, where there is one."""
        with asking(self._bucket):
            self._client.delete_object(Bucket=self._bucket, Key=key)

    def close(self) -> None:
        self._client.close()

    def _put(self, key: str, content: bytes, headers: Headers, **conditions: str) -> None:
        if self._keeps_sums:
            conditions["ChecksumSHA256"] = base64.b64encode(hashlib.sha256(content).digest()).decode()
        self._client.put_object(
            Bucket=self._bucket,
            Key=key,
            Body=content,
            ContentType=headers.content_type,
            CacheControl=headers.cache_control,
            **conditions,
        )

    def _put_if(self, key: str, content: bytes, **condition: str) -> bool:
        from botocore.exceptions import ClientError

        with asking(self._bucket):
            try:
                self._put(key, content, RECORD, **condition)
            except ClientError as refusal:
                if code_of(refusal) in NOT_KNOWN:
                    self._put(key, content, RECORD)
                elif code_of(refusal) in THERE_ALREADY | MISSING:
                    return False
                else:
                    raise
            return True

    def _reading(self, key: str, take: Callable[[Any], T]) -> T | None:
        from botocore.exceptions import ClientError

        with asking(self._bucket):
            try:
                return self._taken(key, take)
            except ClientError as refusal:
                if code_of(refusal) in MISSING:
                    return None
                raise

    def _taken(self, key: str, take: Callable[[Any], T]) -> T:
        """What is taken from an object. The library asks again where there is no answer, but not where one breaks off: that is done here."""
        from botocore.exceptions import IncompleteReadError, ReadTimeoutError, ResponseStreamingError

        for _ in range(ATTEMPTS - 1):
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
            try:
                return take(answer)
            except (IncompleteReadError, ReadTimeoutError, ResponseStreamingError):
                answer["Body"].close()
        return take(self._client.get_object(Bucket=self._bucket, Key=key))


def open_storage(place: BucketPlace) -> Storage:
    """The bucket of a place. Nothing is asked of it yet.

    Raises:
        TargetUnavailable: The settings cannot be meant.
    """
    with asking(place.bucket):
        try:
            client = _client_of(place)
        except ValueError as fault:
            raise misread_settings(place.bucket) from fault
    return Storage(client, place)


def _client_of(place: BucketPlace, *, anonymous: bool = False) -> Any:
    """The library's way to a bucket: with keys, or as anybody comes."""
    import boto3
    from botocore import UNSIGNED
    from botocore.config import Config

    config = _config(place.endpoint)
    return boto3.session.Session().client(
        "s3",
        endpoint_url=place.endpoint or None,
        region_name=place.region or None,
        config=config.merge(Config(signature_version=UNSIGNED)) if anonymous else config,
    )


def _config(endpoint: str) -> Any:
    """How the library is to ask. Where no style of addresses is set here, an endpoint's have the bucket in their path, unless `~/.aws/config`
    says otherwise, and AWS's own in their host."""
    from botocore.config import Config

    style = {"addressing_style": "virtual"} if _is_of(endpoint, _VIRTUAL) else {}
    return Config(
        connect_timeout=SECONDS,
        read_timeout=SECONDS,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        max_pool_connections=LANES,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"payload_signing_enabled": True, **style},
    )


def _is_of(endpoint: str, makes: tuple[str, ...]) -> bool:
    """True if the endpoint is a host of one of the makes; never for a number in place of a name."""
    host = urlsplit(endpoint).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return any(host == make or host.endswith(f".{make}") for make in makes)
    return False


def _tag_of(said: Any) -> str:
    """The tag as all ways of asking give it alike: some makes leave the quotes out here or there."""
    return str(said.get("ETag", "")).strip('"')


def _content_of(body: Any) -> bytes:
    """No record is as long as `MOST`: what is longer is not ours, is cut off, and so is found to be damaged."""
    content = bytearray()
    for piece in body.iter_chunks(_PIECE):
        content += piece
        if len(content) > MOST:
            body.close()
            break
    return bytes(content[:MOST])


def _sum_of(body: Any) -> FileSum:
    digest, size = hashlib.sha256(), 0
    for piece in body.iter_chunks(_PIECE):
        digest.update(piece)
        size += len(piece)
    return FileSum(digest.hexdigest(), size)
