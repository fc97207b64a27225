"""The YAML language server with our schemas: what an editor completes and underlines while a story is written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from generator.desk.schemas import schema_line, write_schemas
from generator.project import Project
from tests.test_cases import laid_over

SERVER = shutil.which("yaml-language-server")
pytestmark = pytest.mark.skipif(
    not SERVER, reason="yaml-language-server is missing: npm install --global yaml-language-server"
)
PATIENCE = 60
"""Seconds after which a server that does not answer is ended."""


class Editor:
    """As much of the Language Server Protocol as an editor needs to open a file and ask what may stand somewhere."""

    def __init__(self, root: Path) -> None:
        self._root, self._last = root, 0
        self._server = subprocess.Popen([SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._timer = Timer(PATIENCE, self._server.kill)
        self._timer.start()
        folder = {"uri": root.as_uri(), "name": "newsletter"}
        settings = {
            "processId": os.getpid(),
            "rootUri": root.as_uri(),
            "workspaceFolders": [folder],
            "capabilities": {},
        }
        self.ask("initialize", settings)
        self._send({"method": "initialized", "params": {}})

    def close(self) -> None:
        self._timer.cancel()
        self._server.kill()
        self._server.communicate()

    def open(self, file: Path) -> list[str]:
        """Open a file; answers with what is underlined in it."""
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": file.read_text("utf-8")}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while True:
            message = self._receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                return [found["message"] for found in message["params"]["diagnostics"]]

    def complete(self, file: Path, after: str) -> list[str]:
        """What is offered behind some words of a file."""
        before = file.read_text("utf-8").partition(after)[0] + after
        place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        found = self.ask("textDocument/completion", {"textDocument": {"uri": file.as_uri()}, "position": place})
        return [item["label"] for item in found["items"]]

    def ask(self, method: str, params: Any) -> Any:
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._last and "method" not in message:
                return message["result"]

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self._server.stdin.flush()

    def _receive(self) -> Any:
        """The next message; what the server asks of the editor is answered with nothing."""
        length = 0
        while (line := self._server.stdout.readline().strip()) or not length:
            assert self._server.poll() is None, "the language server ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        message = json.loads(self._server.stdout.read(length))
        if "id" in message and "method" in message:
            asked = message["params"].get("items", [None]) if isinstance(message.get("params"), dict) else [None]
            self._send({"id": message["id"], "result": [None] * len(asked)})
        return message


@pytest.fixture
def story(tmp_path: Path) -> Path:
    root = laid_over("_sound", tmp_path)
    write_schemas(Project(root, root / "content"))
    file = root / "content/stories/2026/meta-coreweave.yml"
    file.write_text(schema_line(root / "content", file, "story") + file.read_text())
    return file


@pytest.fixture
def editor(story: Path) -> Iterator[Editor]:
    made = Editor(story.parents[3])
    yield made
    made.close()


def change(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text().replace(old, new))


def test_nothing_is_underlined_in_a_sound_story(editor: Editor, story: Path):
    assert editor.open(story) == []


def test_slips_are_underlined(editor: Editor, story: Path):
    change(story, "section: big-tech", "section: bigtech")
    change(story, "dek:", "dekk:")
    underlined = " ".join(editor.open(story))
    assert '"big-tech"' in underlined
    assert "dekk" in underlined
    assert 'Missing property "dek"' in underlined


def test_the_publishers_and_entities_of_this_newsletter_are_offered(editor: Editor, story: Path):
    change(story, "publisher: hubkub", "publisher: ")
    change(story, "mentions: [meta, coreweave]", "mentions:\n  - ")
    editor.open(story)
    assert {"hubkub", "krasa"} <= set(editor.complete(story, "publisher: "))
    assert {"meta", "coreweave"} <= set(editor.complete(story, "mentions:\n  - "))


def test_fields_are_offered(editor: Editor, story: Path):
    change(story, "body: |", "impo\nbody: |")
    editor.open(story)
    assert "importance" in editor.complete(story, "impo")
