"""Query files of our own: `.rq` files that start with comment lines `# key: text`.

`read_query_file` gives the header and the text, for rules, questions, checks, networks and examples alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.regular_file import read_regular

__all__ = ["Header", "read_query_file"]

_LINE = re.compile(r"# ?([a-z][a-z-]*):\s*(.*\S)\s*")


@dataclass(frozen=True)
class Header:
    """The comment lines at the head of a query file, in order; a key may come several times."""

    file: str
    entries: tuple[tuple[str, str], ...]

    def all(self, key: str) -> list[str]:
        """Give every text under a key."""
        return [text for name, text in self.entries if name == key]

    def one(self, key: str) -> str:
        """Give the text under a key that must stand there once."""
        texts = self.all(key)
        if len(texts) != 1:
            raise InputError(f"{self.file}: the header has {len(texts)} lines '# {key}: …'; it needs one")
        return texts[0]


def read_query_file(path: Path) -> tuple[Header, str]:
    """Read a query file: its header and its whole text, which is SPARQL as it stands."""
    try:
        text = read_regular(path).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: the query file cannot be read ({error})") from error
    entries = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        found = _LINE.fullmatch(line)
        if found:
            entries.append((found[1], found[2]))
        elif entries and line.startswith("#  "):
            key, before = entries[-1]
            entries[-1] = (key, f"{before} {line[1:].strip()}")
    return Header(path.name, tuple(entries)), text
