"""What is wrong with a SPARQL text, in words for people: the place, the sign that stands there, what is missing.

A parser tells where it gave up and what its grammar would have taken there, which is seldom where the slip is. So when
the engine refuses a text, the usual slips are looked for one by one, and the first that is found is told.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator
from types import MappingProxyType

from kg.rdf.namespaces import PREFIXES
from kg.sparql.guard import OPAQUE, place
from kg.sparql.keywords import AGGREGATES, FORMS, SIGNS, STATEMENTS, UPDATES, WORDS

__all__ = ["explain_syntax"]

_ASK_WITH = "SELECT, ASK, CONSTRUCT or DESCRIBE"
_WORD = re.compile(r"(?<![\w?$:@.\\-])([A-Za-z_]+)(?![\w:-])")
_PREFIXED = re.compile(r"(?<![\w?$@:.%\\-])((?:[^\W\d_][\w.-]*)?):(?!:)")
_DECLARED = re.compile(r"PREFIX\s+([^\s:]*):", re.IGNORECASE)
_UNNAMED = re.compile(r"PREFIX\s+([A-Za-z][\w-]*)\s*(?=\x01)", re.IGNORECASE)
_VARIABLE = re.compile(r"[?$]\w+")
_SPACED = re.compile(r"<([^<>{}\"\r\n]*[^\S\r\n][^<>{}\"\r\n]*)>")
_HEAD = re.compile(
    r"(?<![\w?$])SELECT(?:\s+(?:DISTINCT|REDUCED))?(?!\w)(.*?)(?=WHERE|FROM|\{|\Z)", re.IGNORECASE | re.DOTALL
)
_KEYS = re.compile(r"GROUP\s+BY(.*?)(?=HAVING|ORDER|LIMIT|OFFSET|VALUES|\}|\Z)", re.IGNORECASE | re.DOTALL)
_POSITION = re.compile(r"error at (\d+):(\d+)")
_PIECE = re.compile(
    r"(?P<term>\x01+(?:@[\w-]+|\^\^\x01+|\^\^[\w-]*:[\w.%-]*)?|[?$]\w+|[\w-]*:[\w.%-]*(?<!\.)|[\d.]*\d|_:\w+"
    r"|(?<![\w?$:])(?:a|true|false)(?![\w:]))"
    r"|(?P<word>[^\W\d]\w*)|(?P<open>[{(\[])|(?P<close>[\])}])|(?P<part>[.;,])|(?P<other>\S)"
)
_SHORT_ID = re.compile(r"[a-z]+/[a-z0-9][a-z0-9/-]*")
_UNNAMED_AGGREGATE = re.compile(r"\)\s+([?$]\w+)\s*\)")
_PAIRS = MappingProxyType({")": "(", "]": "[", "}": "{"})


def explain_syntax(text: str, refusal: str) -> str:
    """Say what is wrong with a text that the engine refused; `refusal` is what the engine said.

    >>> explain_syntax("SELECT\\xa0(1 AS ?x) {}", "error at 1:15: expected DISTINCT")
    'a no-break space stands at 1:7; write a plain space'
    >>> explain_syntax("SELECT ?s { ?s wdt:P31 ?o }", "error at 1:23: expected one of …")
    'no prefix is called wdt: (at 1:16); declare it with PREFIX wdt: <…> at the beginning'
    """
    outlined = _outline(text)
    for check in _CHECKS:
        if fault := check(text, outlined, refusal):
            return fault
    return _fallback(text, outlined, refusal)


def _outline(text: str) -> str:
    """Make strings and IRIs runs of one sign, so that no word in them is taken for one of the query."""
    return OPAQUE.sub(lambda found: (" " if found[0].startswith("#") else "\x01") * len(found[0]), text)


def _open_string(text: str, _: str, __: str) -> str:
    for found in OPAQUE.finditer(text):
        quote = next((one for one in ('"""', "'''", '"', "'") if found[0].startswith(one)), "")
        if quote and (len(found[0]) < 2 * len(quote) or not found[0].endswith(quote)):
            return f"the string that begins at {place(text, found.start())} is never closed; end it with {quote}"
    return ""


def _strange_sign(text: str, outlined: str, _: str) -> str:
    for offset, sign in enumerate(outlined):
        if sign.isascii() or sign.isalnum():
            continue
        unseen = unicodedata.category(sign) in ("Cf", "Zs", "Zl", "Zp", "Cc", "Po", "Pd", "Pi", "Pf", "Ps", "Pe", "Sm")
        if sign in SIGNS or unseen:
            name = unicodedata.name(sign, f"U+{ord(sign):04X}").lower()
            shown = name if not sign.isprintable() or sign.isspace() else f"{name} {sign}"
            article = "an" if shown[0] in "aeiou" else "a"
            meant = f"; write {SIGNS[sign]}" if sign in SIGNS else "; take it out"
            return f"{article} {shown} stands at {place(text, offset)}{meant}"
    return ""


def _update(text: str, outlined: str, _: str) -> str:
    first = _first_word(outlined)
    if first and first[1].upper() in UPDATES:
        word, where = first[1].upper(), place(text, first.start(1))
        return f"{word} at {where} would change data, and this graph is read-only; ask with {_ASK_WITH}"
    return ""


def _first_word(outlined: str) -> re.Match[str] | None:
    """Give the first word behind the prefixes."""
    start = 0
    for found in re.finditer(r"(?<![\w?$:])(?:PREFIX\s+[^\s:]*:?|BASE(?![\w:]))\s*\x01*", outlined, re.IGNORECASE):
        start = found.end()
    return _WORD.search(outlined, start)


def _prefix(text: str, outlined: str, _: str) -> str:
    unnamed = _UNNAMED.search(outlined)
    if unnamed:
        return (
            f"a colon is missing behind the prefix {unnamed[1]} at {place(text, unnamed.end(1))}; write {unnamed[1]}:"
        )
    known = {*PREFIXES, *_DECLARED.findall(outlined), "_"}
    for found in _PREFIXED.finditer(outlined):
        if found[1] not in known:
            close = difflib.get_close_matches(found[1], sorted(known), 1, 0.6)
            meant = f"did you mean {close[0]}:? else " if close else ""
            where = place(text, found.start())
            declare = f"declare it with PREFIX {found[1]}: <…> at the beginning"
            return f"no prefix is called {found[1]}: (at {where}); {meant}{declare}"
    return ""


def _spaced_iri(text: str, _: str, __: str) -> str:
    found = _SPACED.search(OPAQUE.sub(lambda one: " " * len(one[0]), text))
    if found and not any(sign in found[1] for sign in "?$="):
        return f"the IRI {text[found.start() : found.end()]} at {place(text, found.start())} holds a space"
    return ""


def _brackets(text: str, outlined: str, _: str) -> str:
    waiting: list[tuple[str, int]] = []
    for found in re.finditer(r"[{}()\[\]]", outlined):
        bracket = found[0]
        if bracket in "{([":
            waiting.append((bracket, found.start()))
        elif not waiting or waiting[-1][0] != _PAIRS[bracket]:
            before = f"the {waiting[-1][0]} at {place(text, waiting[-1][1])} is open" if waiting else "nothing is open"
            return f"{bracket} at {place(text, found.start())} closes nothing: {before}"
        else:
            waiting.pop()
    if waiting:
        return f"the {waiting[-1][0]} at {place(text, waiting[-1][1])} is never closed"
    return ""


def _form(text: str, outlined: str, _: str) -> str:
    first = _first_word(outlined)
    if first is None:
        return f"it asks nothing; a query begins with {_ASK_WITH}"
    word = first[1]
    if word.upper() in FORMS:
        return ""
    close = difflib.get_close_matches(word.upper(), FORMS, 1, 0.6)
    meant = f"; did you mean {close[0]}?" if close else ""
    return f"a query begins with {_ASK_WITH}, not with {word} (at {place(text, first.start(1))}){meant}"


# Slips that a pattern finds, each with what to say; {} is where it stands.
_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), fault)
    for pattern, fault in (
        (r"(?<![\w?$:])LIMIT\s+(?!\d)", "LIMIT at {} needs a whole number"),
        (r"(?<![\w?$:])OFFSET\s+(?!\d)", "OFFSET at {} needs a whole number"),
        (r"(?<![\w?$:])ORDER\s+(?!BY\b)", "BY is missing behind ORDER at {}"),
        (r"(?<![\w?$:])GROUP\s+(?!BY\b)", "BY is missing behind GROUP at {}"),
        (r"(?<![\w?$:])FROM\s*\{", "FROM at {} names no graph; write FROM <…>, or leave it out"),
        (r"(?<![\w?$:])FILTER\s*(?!\(|NOT\b|EXISTS\b|\s|[\w:-]+\s*\()", "FILTER at {} needs brackets: FILTER (…)"),
        (r"==", "== stands at {}; equality is ="),
        (r";\s*\Z", "; stands at {}; a query does not end with one"),
    )
)


def _slip(text: str, outlined: str, _: str) -> str:
    for pattern, fault in _SLIPS:
        if found := pattern.search(outlined):
            return fault.format(place(text, found.start()))
    start, head = _head(outlined)
    comma = _outside(head).find(",")
    return (
        f"a comma stands at {place(text, start + comma)}; the variables that are asked for have none between them"
        if comma >= 0
        else ""
    )


def _unknown_word(text: str, outlined: str, _: str) -> str:
    for found in _WORD.finditer(outlined):
        if found[1].upper() not in WORDS:
            if short := _SHORT_ID.match(outlined, found.start(1)):
                return f"{short[0]} at {place(text, found.start(1))} needs angle brackets: write <{short[0]}>"
            close = difflib.get_close_matches(found[1].upper(), sorted(WORDS), 1, 0.6)
            meant = f"; did you mean {close[0]}?" if close else "; a name needs a prefix, a text needs quotes"
            return f"{found[1]} at {place(text, found.start(1))} is no word of SPARQL{meant}"
    return ""


def _head(outlined: str) -> tuple[int, str]:
    """Give where the head of a SELECT begins, and the head."""
    found = _HEAD.search(outlined)
    return (found.start(1), found[1]) if found else (0, "")


def _outside(head: str) -> str:
    """Blank out what stands in brackets."""
    depth, kept = 0, []
    for sign in head:
        depth += sign == "("
        kept.append(sign if depth == 0 else " ")
        depth -= sign == ")" and depth > 0
    return "".join(kept)


def _aggregate(text: str, outlined: str, _: str) -> str:
    start, head = _head(outlined)
    for found in _WORD.finditer(_outside(head)):
        if found[1].upper() in AGGREGATES:
            word = found[1].upper()
            return f"{word} at {place(text, start + found.start())} needs brackets and a name: ({word}(…) AS ?name)"
    unnamed = _UNNAMED_AGGREGATE.search(head)
    return f"AS is missing before {unnamed[1]} at {place(text, start + unnamed.start(1))}" if unnamed else ""


def _ungrouped(text: str, outlined: str, refusal: str) -> str:
    if "variable that is unbound" not in refusal:
        return ""
    start, head = _head(outlined)
    grouped = _KEYS.search(outlined)
    keys = set(_VARIABLE.findall(grouped[1])) if grouped else set()
    for found in _VARIABLE.finditer(_outside(head)):
        if found[0] not in keys:
            where = place(text, start + found.start())
            return (
                f"{found[0]} at {where} is neither grouped nor counted; add GROUP BY {found[0]}, "
                f"or put it into an aggregate such as (COUNT({found[0]}) AS ?number)"
            )
    return "the SELECT names a variable that is neither grouped nor counted"


def _bound_twice(text: str, outlined: str, refusal: str) -> str:
    start, head = _head(outlined)
    named = list(_VARIABLE.finditer(_outside(head)))
    for at, found in enumerate(named):
        if found[0] in {one[0] for one in named[:at]}:
            return f"{found[0]} at {place(text, start + found.start())} is selected twice; write it once"
    overrides = "overrides an existing variable" in refusal
    for found in re.finditer(r"AS\s+([?$]\w+)", outlined, re.IGNORECASE):
        others = [one.start() for one in re.finditer(re.escape(found[1]) + r"(?!\w)", outlined)]
        first = min(others)
        in_bind = re.search(r"BIND\s*\([^{}]*\Z", outlined[: found.start()], re.IGNORECASE)
        if (overrides and len(others) > 1) or (in_bind and first < found.start(1)):
            where = place(text, found.start(1))
            return f"{found[1]} at {where} has a value already; give what is computed a name of its own"
    return ""


def _patterns(text: str, outlined: str, _: str) -> str:
    """Look for a pattern that is not whole, or two with nothing between them."""
    for count, needed, begin, end, following in _runs(outlined):
        if count > needed:
            return f"a dot is missing before {_shown(text, end)} at {place(text, end)}"
        if 0 < count < needed or (count == 0 and needed < 3):
            lacks = "a property and a value" if needed - count == 2 and needed == 3 else "a value"
            before = f"before the {following} at {place(text, end)}" if following else "at the end"
            return f"the pattern that begins at {place(text, begin)} is not whole: {lacks} is missing {before}"
    return ""


def _runs(outlined: str) -> Iterator[tuple[int, int, int, int, str]]:
    """Give each run of plain terms in braces: how many, how many it needs, where it begins and ends, what follows.

    A run that holds anything but terms, such as a path, is nobody's to judge here.
    """
    depth, terms, plain, needed, begin = 0, 0, True, 3, 0
    for piece in _PIECE.finditer(outlined, _body(outlined)):
        kind, sign = str(piece.lastgroup), piece[0]
        if kind == "term" and depth:
            begin = piece.start() if terms == 0 and needed == 3 else begin
            terms += 1
            if plain and terms > needed:
                yield terms, needed, begin, piece.start(), sign
                plain = False
            continue
        ends = sign in ".;,}" or (kind == "word" and sign.upper() in STATEMENTS)
        if depth and plain and ends and (terms or needed < 3) and not (sign == "}" and terms == 0) and terms < needed:
            yield terms, needed, begin, piece.start(), sign
        depth += (sign == "{") - (sign == "}")
        if sign in "{}.;," or (kind == "word" and sign.upper() in STATEMENTS):
            plain = sign in "{}.;," or sign.upper() in ("OPTIONAL", "UNION", "MINUS")
            needed = {";": 2, ",": 1}.get(sign, 3)
            terms = 0
        else:
            plain = False


def _body(outlined: str) -> int:
    return max(outlined.find("{"), 0)


def _shown(text: str, offset: int) -> str:
    word = re.match(r"<[^>\s]*>|\"[^\"]*\"?|[^\s{}()\[\];,]+|\S", text[offset:])
    return word[0][:40] if word else "the end"


_LACKING = re.compile(r"([<>=+*/]|&&|\|\||!=)\s*([)}])")


def _operand(text: str, outlined: str, _: str) -> str:
    """Look for a comparison without its right side."""
    found = _LACKING.search(outlined, _body(outlined))
    return f"something is missing between {found[1]} and {found[2]} at {place(text, found.start(2))}" if found else ""


_CHECKS: tuple[Callable[[str, str, str], str], ...] = (
    _open_string, _strange_sign, _update, _prefix, _spaced_iri, _brackets, _form, _slip, _unknown_word, _aggregate,
    _ungrouped, _bound_twice, _operand, _patterns,
)  # fmt: skip


def _fallback(text: str, _: str, refusal: str) -> str:
    """Say where the engine gave up, and what stands there."""
    found = _POSITION.search(refusal)
    if found is None:
        return "it cannot be read; see /docs/sparql or kg query --help for queries that run"
    line, column = int(found[1]), int(found[2])
    lines = text.split("\n")
    offset = sum(len(one) + 1 for one in lines[: line - 1]) + column - 1
    rest = text[offset:]
    if not rest.strip():
        last = re.findall(r"\S+", text)
        return f"something is missing at the end, behind {last[-1][:40]}" if last else "it asks nothing"
    offset += len(rest) - len(rest.lstrip())
    before = re.findall(r"\S+", text[:offset])
    behind = f" behind {before[-1][:40]}" if before else ""
    return f"{_shown(text, offset)} at {place(text, offset)} cannot stand{behind}"
