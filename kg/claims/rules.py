"""Rules: CONSTRUCT queries in `ontology/rules/`, one a file, each with a title and a reason.

A query file starts with comment lines `# key: text`; `read_header` reads them for rules,
checks and questions alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.rdf.namespaces import RULE

__all__ = ["Header", "Rule", "read_header", "read_rules"]

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


@dataclass(frozen=True)
class Rule:
    """A rule that infers triples of the accepted view."""

    name: str
    title: str
    reason: str
    text: str

    @property
    def iri(self) -> str:
        """The graph that holds what the rule infers."""
        return RULE + self.name


def read_header(path: Path) -> tuple[Header, str]:
    """Read a query file: its header and its whole text, which is SPARQL as it stands."""
    try:
        text = path.read_text(encoding="utf-8")
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


def read_rules(folder: Path) -> list[Rule]:
    """Read the rules of an ontology's `rules/` folder, in order of their names."""
    rules = []
    for path in sorted(folder.glob("*.rq")):
        header, text = read_header(path)
        rules.append(Rule(path.stem, header.one("title"), header.one("reason"), text))
    return rules
