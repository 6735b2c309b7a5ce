"""From the bytes of a file to its text, in a process of its own that ends at its limits.

HTML and PDF come from anywhere and are taken apart by libraries that were never meant for an enemy: a page nested ten
thousand deep, a stream that unpacks to gigabytes. So the child has no network, may write no file but its answer, and
is ended when it takes too long or too much memory. What it cannot read comes back as one line.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import IO, Any, BinaryIO

from kg.errors import InputError, MissingExtra
from kg.reading.markup import is_markup
from kg.reading.portable_document import is_pdf
from kg.reading.source_text import SourceText
from kg.regular_file import open_regular
from kg.sparql.runner import child_environment

__all__ = ["LIMITS", "ExtractionLimits", "read_document", "read_stream"]

Progress = Callable[[str], None]
_BLOCK = 1 << 20
_HEAD = 4_000


@dataclass(frozen=True)
class ExtractionLimits:
    """How large a document may be, in bytes, and what its extraction may take, in seconds and bytes."""

    size: int = 50_000_000
    seconds: float = 120
    memory: int = 1 << 30
    text: int = 20_000_000


LIMITS = ExtractionLimits()
"""What a document on one's own machine may take."""


def read_document(path: Path, limits: ExtractionLimits = LIMITS, progress: Progress | None = None) -> SourceText:
    """Read the text of a file: plain text in any usual encoding, HTML or PDF.

    InputError with one line for what cannot be read or goes beyond the limits, MissingExtra where HTML or PDF needs a
    package that is not installed. `progress` is told how many pages are done.
    """
    try:
        with open_regular(path) as file:
            return _extract(file, str(path), limits, progress)
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read ({error.strerror})") from error


def read_stream(stream: BinaryIO, limits: ExtractionLimits = LIMITS, progress: Progress | None = None) -> SourceText:
    """Read the text of a document from a stream, such as standard input."""
    with tempfile.TemporaryFile() as file:
        while (block := stream.read(_BLOCK)) and file.tell() <= limits.size:
            file.write(block)
        file.seek(0)
        return _extract(file, "-", limits, progress)


def _extract(file: IO[bytes], name: str, limits: ExtractionLimits, progress: Progress | None) -> SourceText:
    size = os.fstat(file.fileno()).st_size
    if size > limits.size:
        raise InputError(f"{name}: the file has over {limits.size:,} bytes, which is the limit; cut it into parts")
    missing = _missing_package(os.pread(file.fileno(), _HEAD, 0))
    answer = {"missing": missing} if missing else _run(file, name, limits, progress)
    if "missing" in answer:
        raise MissingExtra(answer["missing"], "read", "give plain text")
    if "error" in answer:
        raise InputError(f"{name}: {answer['error']}")
    return SourceText.from_dict(answer)


def _run(file: IO[bytes], name: str, limits: ExtractionLimits, progress: Progress | None) -> dict[str, Any]:
    """Let the child read the file, and read its answer; its lines on standard error are its progress."""
    numbers = (limits.memory, ceil(limits.seconds), limits.text)
    command = [sys.executable, "-P", "-m", "kg.reading.extraction_process", *map(str, numbers)]
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(  # noqa: S603 - our own module, nothing from outside on the command line
            command, stdin=file, stdout=output, stderr=subprocess.PIPE, env=child_environment()
        )
        late = threading.Event()

        def end() -> None:
            late.set()
            child.kill()

        deadline = threading.Timer(limits.seconds, end)
        deadline.start()
        try:
            _follow(child.stderr, progress)
            code = child.wait()
        finally:
            deadline.cancel()
            child.kill()
            child.wait()
        if late.is_set():
            raise InputError(f"{name}: it took over {limits.seconds:g} seconds to read and was given up")
        output.seek(0)
        return _answer(output.read(), code, name, limits)


def _follow(lines: IO[bytes] | None, progress: Progress | None) -> None:
    if lines is None:
        return
    with lines:
        for line in lines:
            words = line.decode("utf-8", errors="replace").strip()
            # What a library writes to standard error is not for users.
            if progress is not None and words.startswith("page "):
                progress(words)


def _answer(output: bytes, code: int, name: str, limits: ExtractionLimits) -> dict[str, Any]:
    try:
        answer = json.loads(output)
    except ValueError:
        answer = None
    if code != 0 or not isinstance(answer, dict):
        limit = f"over {limits.memory >> 20} MB or {limits.seconds:g} seconds, or nested too deep"
        raise InputError(f"{name}: its extraction ended by itself ({limit}); save it as plain text")
    return answer


def _missing_package(head: bytes) -> str:
    """Name the package that a document needs and that is not installed, or ''."""
    needed = "pypdf" if is_pdf(head) else "trafilatura" if is_markup(head.decode("latin-1")) else ""
    try:
        return needed if needed and importlib.util.find_spec(needed) is None else ""
    except ModuleNotFoundError:
        return needed
