"""The words of SPARQL, by what they do, and the signs that are taken for those of its grammar."""

from __future__ import annotations

from types import MappingProxyType

__all__ = ["AGGREGATES", "FORMS", "SIGNS", "STATEMENTS", "UPDATES", "WORDS"]

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
STATEMENTS = frozenset({"OPTIONAL", "FILTER", "BIND", "VALUES", "GRAPH", "UNION", "MINUS", "SERVICE", "LATERAL"})
_CLAUSES = frozenset(
    {
        "BASE", "PREFIX", "DISTINCT", "REDUCED", "AS", "FROM", "NAMED", "WHERE", "ORDER", "GROUP", "BY",
        "HAVING", "LIMIT", "OFFSET", "ASC", "DESC", "UNDEF", "NOT", "IN", "EXISTS", "SEPARATOR", "A", "TRUE",
        "FALSE", "SILENT", "DEFAULT", "ALL", "DATA", "USING", "INTO", "TO",
    }
)  # fmt: skip
_FUNCTIONS = frozenset(
    {
        "STR", "LANG", "LANGMATCHES", "DATATYPE", "BOUND", "IRI", "URI", "BNODE", "RAND", "ABS", "CEIL",
        "FLOOR", "ROUND", "CONCAT", "STRLEN", "UCASE", "LCASE", "ENCODE_FOR_URI", "CONTAINS", "STRSTARTS",
        "STRENDS", "STRBEFORE", "STRAFTER", "YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS", "TIMEZONE",
        "TZ", "NOW", "UUID", "STRUUID", "MD5", "SHA1", "SHA256", "SHA384", "SHA512", "COALESCE", "IF",
        "STRLANG", "STRDT", "SAMETERM", "ISIRI", "ISURI", "ISBLANK", "ISLITERAL", "ISNUMERIC", "REGEX",
        "SUBSTR", "REPLACE", "TRIPLE", "SUBJECT", "PREDICATE", "OBJECT", "ISTRIPLE", "ADJUST", "LANGDIR",
        "HASLANG", "HASLANGDIR", "STRLANGDIR",
    }
)  # fmt: skip
WORDS = frozenset({*FORMS, *UPDATES, *AGGREGATES, *STATEMENTS, *_CLAUSES, *_FUNCTIONS})
"""All of them."""

SIGNS = MappingProxyType(
    {
        "\u00a0": "a plain space", "\u3000": "a plain space", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'",
        "–": "-", "—": "-", "−": "-", "（": "(", "）": ")", "｛": "{", "｝": "}", "；": ";", "，": ",", "。": ".",
        "：": ":", "？": "?", "＝": "=", "＜": "<", "＞": ">",
    }
)  # fmt: skip
"""Signs that an editor or an input method puts in place of those of the grammar."""
