"""Ask a model through OpenAI's chat API, which many servers offer: one question, with retries and limits.

https://platform.openai.com/docs/api-reference/chat/create
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from generator.draft.settings import KEY_VARIABLE, Endpoint
from generator.web.errors import WebError
from generator.web.reader import Reader
from generator.web.response import Response

TRIES = 3
WAIT, LONGEST = 2.0, 60.0
"""Seconds before the first retry if the server names no time; the longest time that it may ask for."""
_AGAIN = (408, 425, 429, 500, 502, 503, 504)
"""Statuses that are worth a retry (RFC 9110, section 15; 429: RFC 6585)."""


class ModelError(Exception):
    """The model gave no answer. The message says why."""


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class Model(Struct, frozen=True):
    """A model behind an endpoint."""

    endpoint: Endpoint
    reader: Reader
    key: str
    sleep: Callable[[float], None]

    def ask(self, task: str, data: str) -> str:
        """The model's answer to a task and its data, as text. Raises `ModelError`."""
        body = {
            "model": self.endpoint.model,
            "messages": [{"role": "system", "content": task}, {"role": "user", "content": data}],
            "response_format": {"type": "json_object"},
            "temperature": 0,
        }
        for number in range(TRIES):
            response = self._posted(body)
            if response.status == 400 and body.pop("response_format", None):
                response = self._posted(body)  # a server that does not know the field
            if response.status not in _AGAIN:
                break
            if number + 1 < TRIES:
                self.sleep(_wait(response, number))
        return _said(response)

    def _posted(self, body: Mapping[str, Any]) -> Response:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        try:
            return self.reader.call(
                f"{self.endpoint.address}/chat/completions", "POST", headers, json.dumps(body).encode()
            )
        except WebError as error:
            raise ModelError(str(error)) from error


def _wait(response: Response, number: int) -> float:
    """Seconds, as the server asks (RFC 9110, section 10.2.3), else doubled each time. Raises `ModelError`."""
    asked = response.headers.get("retry-after", "").strip()
    seconds = float(asked) if asked.isdecimal() and len(asked) < 8 else WAIT * 2**number
    if seconds > LONGEST:
        raise ModelError(f"it asks for {seconds:.0f} seconds of patience: try again later")
    return seconds


def _said(response: Response) -> str:
    if response.status in (401, 403):
        raise ModelError(f"it answers {response.status_words}: is {KEY_VARIABLE} set, and right?")
    if response.status != 200:
        raise ModelError(f"it answers {response.status_words}")
    try:
        choices = msgspec.json.decode(response.body or b"", type=_Completion).choices
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise ModelError("it does not answer as a server of chat completions does") from error
    if not choices:
        raise ModelError("it answers with no text")
    return choices[0].message.content
