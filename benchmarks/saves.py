"""How long a save takes to be seen: `python -m benchmarks.saves FOLDER [SAVES] [SECONDS]`.

Serves the newsletter in a folder, gives its last story another headline as often as is asked for, with so many seconds
between, and asks for the page of the story over and over until it has that headline. The story is put back at the end.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from signal import SIGINT, default_int_handler, signal
from statistics import median
from urllib.request import urlopen

PATIENCE = 600.0
"""Seconds after which a headline that is not seen is given up."""


def main(folder: Path, saves: int = 12, pause: float = 8.0) -> None:
    story = max(folder.glob("content/stories/**/*.yml"))
    text = story.read_text("utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    page = f"http://{address}/stories/{story.stem}/"
    signal(SIGINT, default_int_handler)  # a shell lets what it runs in the background hear none, and its children
    command = [sys.executable, "-m", "generator", "serve", "-a", address]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _seconds_until(page, "<h1")
        taken = []
        for number in range(saves):
            time.sleep(pause)
            title = f"Another{'abcdefghij'[number % 10] * (number + 2)}"  # one word, and no figure to be traced
            story.write_text(re.sub(r"^title: .*$", f"title: {title}", text, count=1, flags=re.MULTILINE), "utf-8")
            taken.append(_seconds_until(page, title))
            print(f"{taken[-1]:.3f} s", flush=True)  # noqa: T201
        print(f"median {median(taken):.3f} s, least {min(taken):.3f} s, most {max(taken):.3f} s")  # noqa: T201
    finally:
        story.write_text(text, "utf-8")
        server.send_signal(SIGINT)
        server.wait()


def _seconds_until(page: str, words: str) -> float:
    """How long it takes until a page has some words."""
    start = time.perf_counter()
    while words not in _read(page):
        if time.perf_counter() - start > PATIENCE:
            raise TimeoutError(f"{page} never said {words!r}")
        time.sleep(0.005)
    return time.perf_counter() - start


def _read(page: str) -> str:
    try:
        with urlopen(page, timeout=PATIENCE) as answer:  # noqa: S310
            return str(answer.read().decode())
    except OSError:
        return ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:3]), *map(float, sys.argv[3:4]))
