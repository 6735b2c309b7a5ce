"""YAML text read so that every scalar stays a string and knows its line and column.

The subset is plain on purpose: one document of mappings, lists and scalars. YAML's own
guesses (NO is false, 010 is 8) are not made; types come from the JSON-LD context.
Anchors and tags are refused, since a card from outside must not expand or construct
anything. What the keys mean is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from kg.cards.findings import Finding, unreadable
from kg.regular_file import open_regular

__all__ = ["MAX_BYTES", "Reader", "Text", "Tree"]

# Ten times the size of a card of 1,000 lines, the most that a person edits.
MAX_BYTES = 1_000_000

# C0 and C1 controls but tab, line feed and carriage return: XML results cannot carry them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")

# A card nests eight deep; the parser of libyaml itself ends a process at some 100,000.
MAX_DEPTH = 32

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Text(str):
    """A scalar with the place it stands at, counted from 1."""

    __slots__ = ("column", "line")

    line: int
    column: int

    def __new__(cls, text: str, line: int = 0, column: int = 0) -> Text:
        """Make a text that remembers where it was read."""
        self = super().__new__(cls, text)
        self.line = line
        self.column = column
        return self


Tree = dict[Text, Any] | list[Any] | Text


class Reader:
    """Reads one file; `findings` gathers what is wrong with it.

    `read` gives the tree, or None when the file cannot be used at all.
    """

    def __init__(self, path: Path, shown: str) -> None:
        self.path = path
        self.shown = shown
        self.findings: list[Finding] = []

    def read(self) -> Tree | None:
        """Read the file into mappings, lists and `Text` scalars."""
        text = self._text()
        if text is None:
            return None
        builder = _Builder(self._report)
        try:
            for event in yaml.parse(text, Loader=_Loader):
                if not builder.take(event):
                    return None
        except yaml.MarkedYAMLError as error:
            self._broken(error)
            return None
        return builder.root

    def _text(self) -> str | None:
        try:
            with open_regular(self.path) as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            self.findings.append(unreadable(self.shown, error))
            return None
        if len(data) > MAX_BYTES:
            self._report(
                0, 0, "file-too-large", f"the file is over {MAX_BYTES:,} bytes", "split it by document or by kind"
            )
            return None
        if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
            self._report(
                1, 1, "byte-order-mark", "the file starts with a byte order mark", "save it as UTF-8 without one"
            )
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self._report(line, 1, "encoding", f"byte {error.start} is not UTF-8", "save the file as UTF-8")
            return None
        return text if self._free_of_controls(text) else None

    def _free_of_controls(self, text: str) -> bool:
        for found in _CONTROL.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            self._report(line, column, "control-character", _naming(found), "delete it")
        return _CONTROL.search(text) is None

    def _broken(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = error.problem or "it cannot be read"
        self._report(
            line, column, "yaml-syntax", f"broken YAML ({problem})", "mend the indentation, quotes or brackets"
        )

    def _report(self, line: int, column: int, code: str, message: str, fix: str) -> None:
        self.findings.append(Finding(self.shown, line, column, code, message, fix))


def _naming(control: re.Match[str]) -> str:
    return f"control character U+{ord(control[0]):04X}"


class _Builder:
    """Builds the tree from parser events, without recursion: nesting from outside must not grow our stack."""

    def __init__(self, report: Callable[[int, int, str, str, str], None]) -> None:
        self.root: Tree = {}
        self._report = report
        self._open: list[dict[Text, Any] | list[Any]] = []
        self._keys: list[Text | None] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> bool:
        """Use one event; False ends the reading."""
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._report(line, column, "yaml-feature", "a second YAML document starts here", "keep one per file")
            return self._documents == 1
        if isinstance(event, yaml.NodeEvent):
            return self._node(event, line, column)
        if isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()
        return True

    def _node(self, event: yaml.NodeEvent, line: int, column: int) -> bool:
        tag = getattr(event, "tag", None)
        if event.anchor or (tag and tag != "!"):
            what = f"the tag {tag!r}" if tag else f"the anchor or alias {event.anchor!r}"
            self._report(line, column, "yaml-feature", f"{what} is used", "write the value out, in quotes if need be")
            return False
        if isinstance(event, yaml.ScalarEvent):
            # Written as an escape in double quotes, it was not yet there in the file's text.
            found = _CONTROL.search(event.value)
            if found:
                self._report(line, column, "control-character", _naming(found), "delete it")
            self._place(Text(event.value, line, column), line, column)
            return True
        if len(self._open) >= MAX_DEPTH:
            self._report(line, column, "wrong-shape", f"values nest deeper than {MAX_DEPTH}", "flatten them")
            return False
        value: dict[Text, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._place(value, line, column)
        self._open.append(value)
        self._keys.append(None)
        return True

    def _place(self, value: Tree, line: int, column: int) -> None:
        if not self._open:
            self.root = value
            return
        parent = self._open[-1]
        if isinstance(parent, list):
            parent.append(value)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = self._key(parent, value, line, column)
            return
        # A key that was refused is kept aside, so that its value does not take the next key's place.
        if key.line:
            parent[key] = value
        self._keys[-1] = None

    def _key(self, parent: dict[Text, Any], value: Tree, line: int, column: int) -> Text:
        if not isinstance(value, Text):
            self._report(line, column, "wrong-shape", "a key is not a word", "use a plain key")
            return Text("")
        if value in parent:
            self._report(line, column, "duplicate-key", f"{str(value)!r} stands twice in one mapping", "keep one")
            return Text("")
        return value
