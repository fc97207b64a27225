"""A server on this machine that speaks S3 (moto's), remembers what it was asked, and refuses on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

NAME = "the-footnote"
REFUSAL = b'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>This bucket is full.</Message></Error>'


class Silent(WSGIRequestHandler):
    def log(self, *arguments: Any) -> None:
        pass


@dataclass
class Bucket:
    """A bucket of the server, and what it was asked: methods and keys; and who put each object there."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    putters: dict[str, str] = field(default_factory=dict)
    refuses: Callable[[str, str], bool] = lambda method, key: False
    base: str = ""

    def __post_init__(self) -> None:
        self._app = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        method, key = environ["REQUEST_METHOD"], environ["PATH_INFO"].removeprefix(f"/{NAME}").lstrip("/")
        self.asked.append((method, key))
        if method == "PUT":
            self.putters[key] = environ["HTTP_AUTHORIZATION"].partition("Credential=")[2].partition("/")[0]
        if self.refuses(method, key):
            start("403 Forbidden", [("Content-Type", "application/xml")])
            return [REFUSAL]
        return self._app(environ, start)

    @property
    def environment(self) -> dict[str, str]:
        """What a command must know to reach it."""
        keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
        return {**keys, "AWS_ENDPOINT_URL": self.base, "AWS_EC2_METADATA_DISABLED": "true"}

    def put(self, key: str, data: bytes) -> None:
        self._client.put_object(Bucket=NAME, Key=key, Body=data)

    def read(self, key: str) -> tuple[bytes, str]:
        """An object and its media type."""
        found = self._client.get_object(Bucket=NAME, Key=key)
        return found["Body"].read(), found["ContentType"]

    def tree(self) -> dict[str, bytes]:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=NAME)
        return {found["Key"]: self.read(found["Key"])[0] for page in pages for found in page.get("Contents", ())}

    @cached_property
    def _client(self) -> Any:
        return boto3.client(
            "s3", "us-east-1", endpoint_url=self.base, aws_access_key_id="key", aws_secret_access_key="secret"
        )

    def puts(self) -> list[str]:
        """The keys that were written since this was asked before, in order."""
        keys = [key for method, key in self.asked if method == "PUT"]
        self.asked.clear()
        return keys


@contextmanager
def bucket() -> Iterator[Bucket]:
    served = Bucket()
    server = make_server("127.0.0.1", 0, served, threaded=True, request_handler=Silent)
    served.base = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        with urlopen(Request(f"{served.base}/moto-api/reset", method="POST")):
            pass  # what is kept is kept for the whole process
        served._client.create_bucket(Bucket=NAME)
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
