"""Rules: CONSTRUCT queries in `ontology/rules/`, one a file, each with a title and a reason in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.rdf.namespaces import PREFIXES, RULE
from kg.rdf.vocab import RDF_TYPE
from kg.sparql.query_file import read_query_file

__all__ = ["Rule", "read_rules"]


_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_NAME = re.compile(r"<(?P<iri>[^<>\s]*)>|(?P<prefix>[\w-]*):(?P<local>[\w.-]*\w)|(?<![\w?$:])(?P<type>a)(?!\w)")
# A variable between two terms, or behind `;` or `]`, and in a path whatever is not this or that.
_ANY_PREDICATE = re.compile(
    r"(?:[?$]\w+|\w+:\S*\w|>|[;\]])\s*(?<!\w)[?$]\w+\s+(?:[?$]|[\w-]*:|[<\"'\[(]|\d)|!\s*(?:[\^(<]|[\w-]*:)"
)


@dataclass(frozen=True)
class Rule:
    """A rule that infers triples of the accepted view; title and reason are English, `_zh` says them in Chinese."""

    name: str
    title: str
    reason: str
    text: str
    title_zh: str = ""
    reason_zh: str = ""

    def title_in(self, language: str) -> str:
        """Give what the rule says in a language.

        >>> Rule("owned-by", "A company is owned by its shareholders", "", "", "公司为其股东所有").title_in("zh")
        '公司为其股东所有'
        """
        return self.title_zh if language == "zh" and self.title_zh else self.title

    @property
    def iri(self) -> str:
        """The graph that holds what the rule infers."""
        return RULE + self.name

    def may_change(self, predicates: Collection[str]) -> bool:
        """Tell whether new triples of these predicates could change what the rule infers; in doubt they could.

        >>> rule = Rule("r", "", "", "CONSTRUCT { ?a kg:feeds ?b } WHERE { ?a kg:product/kg:inputOf ?b }")
        >>> rule.may_change({PREFIXES["kg"] + "product"}), rule.may_change({PREFIXES["kg"] + "status"})
        (True, False)
        """
        return self._names is None or not self._names.isdisjoint(predicates)

    @cached_property
    def _names(self) -> frozenset[str] | None:
        """The names in the query, among them its predicates; None where one of these may be any."""
        text = _COMMENT.sub("", self.text)
        if _ANY_PREDICATE.search(text):
            return None
        return frozenset(
            RDF_TYPE.value if found["type"] else found["iri"] or PREFIXES.get(found["prefix"], "") + found["local"]
            for found in _NAME.finditer(text)
        )


def read_rules(folder: Path) -> list[Rule]:
    """Read the rules of an ontology's `rules/` folder, in order of their names."""
    rules = []
    for path in sorted(folder.glob("*.rq")):
        header, text = read_query_file(path)
        title, reason, title_zh, reason_zh = map(header.one, ("title", "reason", "title-zh", "reason-zh"))
        rules.append(Rule(path.stem, title, reason, text, title_zh, reason_zh))
    return rules
