"""Queries that hang, abort or crash a bare engine, by the way in which they do; and what a good client asks.

The shapes were measured on a bare engine with 240,000 quads; here they are written for any data. What is nested or
listed beyond the bars never reaches the engine; what is within them ends a worker, or reaches a limit.
"""

from __future__ import annotations

__all__ = ["GOOD", "KILLERS"]

_LABELS = "?a rdfs:label ?c . ?d rdfs:label ?f"
_ALL = "?a ?b ?c . ?d ?e ?f"


def _doublings(function: str, times: int) -> str:
    steps = " ".join(f"BIND({function.format(n)} AS ?s{n + 1})" for n in range(times))
    return f'SELECT (STRLEN(?s{times}) AS ?n) {{ BIND("aaaaaaaaaa" AS ?s0) {steps} }}'


def _nested(before: str, inside: str, after: str, depth: int) -> str:
    return before * depth + inside + after * depth


HANG = {
    "cartesian3-count": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "cartesian2-distinct": f"SELECT DISTINCT ?a ?d {{ {_ALL} }}",
    "cartesian2-construct": f"CONSTRUCT {{ ?a rdfs:seeAlso ?d }} WHERE {{ {_ALL} }}",
    "filter-never-true": f"SELECT ?a {{ {_ALL} . ?g ?h ?i FILTER(STRLEN(STR(?c)) + STRLEN(STR(?i)) < 0) }} LIMIT 1",
    "values-10^10": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{n} {{ 0 1 2 3 4 5 6 7 8 9 }}" for n in range(10))
    + " }",
    "path-all-pairs-star": "SELECT (COUNT(*) AS ?n) { ?s (kg:locatedIn|^kg:locatedIn|kg:partnerOf)* ?o . ?x ?y ?z }",
    "path-any-star": "SELECT (COUNT(*) AS ?n) { ?s (!<urn:zz>)* ?o . ?x ?y ?z }",
    "path-nested-star": "SELECT (COUNT(*) AS ?n) { ?s (((!<urn:zz>)*)*)* ?o . ?x ?y ?z }",
    "path-seq-alt-plus": "SELECT (COUNT(*) AS ?n) { ?s (!<urn:a>/!<urn:b>|^!<urn:c>)+ ?o . ?x ?y ?z }",
    "path-alt-seq-30": f"SELECT (COUNT(*) AS ?n) {{ ?s {'/'.join(['(!<urn:a>|^!<urn:b>)'] * 30)} ?o }}",
    "not-exists-nested": "SELECT ?a { ?a ?x ?l . ?z ?y ?w FILTER NOT EXISTS { ?b ?u ?m FILTER NOT EXISTS "
    "{ ?c ?v ?n FILTER(STR(?n) = CONCAT(STR(?l), STR(?m))) } } } LIMIT 1",
    "optional-chain": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"OPTIONAL {{ ?x{n} ?p{n} ?l{n} }}" for n in range(6))
    + " }",
    "minus-cross": f"SELECT (COUNT(*) AS ?n) {{ {_ALL} . MINUS {{ ?d ?e ?f . ?a ?zz ?q }} ?z ?y ?x }}",
    "regex-many-dynamic": f"SELECT (COUNT(*) AS ?n) {{ {_ALL} "
    'FILTER(REGEX(STR(?c), CONCAT("(", STR(?f), ")+\\\\w*"))) }',
    "in-list": f"ASK {{ FILTER(5 IN ({', '.join(['0'] * 20_000)})) }}",
    "concat-2^40": _doublings("CONCAT(?s{0}, ?s{0})", 40),
    "cartesian2-groupconcat": f"SELECT (GROUP_CONCAT(STR(?c)) AS ?g) {{ {_ALL} }}",
    "deep-ids": f"SELECT (COUNT(*) AS ?n) {{ {_LABELS} . ?x ?y ?z . ?u ?v ?w }}",
}
PLANNER = {
    "star": f"SELECT * {{ {' . '.join(f'?s <urn:p{n}> ?o{n}' for n in range(300))} }}",
    "star-in-groups": f"SELECT * {{ {' '.join(f'{{ ?s <urn:p{n}> ?o{n} }}' for n in range(300))} }}",
    "objects": f"SELECT * {{ ?s <urn:p> {', '.join(f'?o{n}' for n in range(300))} }}",
    "list-nested": f"ASK {{ {_nested('(', '1', ')', 300)} <urn:p> 1 }}",
    "list-flat": f"ASK {{ ({'1 ' * 500}) <urn:p> 1 }}",
    "optionals": f"SELECT * {{ {' '.join(f'OPTIONAL {{ ?s <urn:p{n}> ?o{n} }}' for n in range(300))} }}",
    "nodes-nested": f"ASK {{ {_nested('[ <urn:p> ', '1', ' ]', 500)} }}",
    "path-seq-2000": f"SELECT * {{ ?s {'/'.join(['kg:locatedIn'] * 2_000)} ?o }}",
}
ABORT = {
    "cartesian2-orderby": f"SELECT ?a ?d {{ {_ALL} }} ORDER BY ?f LIMIT 1",
    "cartesian2-groupby": f"SELECT ?a ?d (COUNT(*) AS ?n) {{ {_ALL} }} GROUP BY ?a ?d",
    "replace-empty-40": _doublings('REPLACE(?s{0}, "a", "aaaaaaaaaa")', 40),
    "groupconcat-separator": f"SELECT (GROUP_CONCAT(STR(?c); SEPARATOR='{'x' * 60_000}') AS ?g) {{ ?a ?b ?c }}",
}
CRASH = {
    "exists": f"ASK {{ {_nested('FILTER EXISTS { ?s ?p ?o ', '', '}', 900)} }}",
    "str": f"SELECT ({_nested('STR(', '1', ')', 5_000)} AS ?x) {{}}",
    "groups": f"SELECT * {_nested('{', '', '}', 5_000)}",
    "optional": f"SELECT * {{ {_nested('OPTIONAL { ', '', '}', 3_000)} }}",
    "brackets": f"SELECT ({_nested('(', '1', ')', 6_000)} AS ?x) {{}}",
    "sub-selects": f"SELECT * {_nested('{ SELECT * ', '{}', '}', 3_000)}",
    "unions-nested": f"SELECT * {_nested('{{} UNION ', '{}', '}', 4_000)}",
    "triples-nested": f"ASK {{ {_nested('<<( ', '<urn:a> <urn:b> 1', ' )>>', 5_000)} <urn:p> 1 }}",
    "binds": f"SELECT * {{ {' '.join(f'BIND({n} AS ?v{n})' for n in range(2_800))} }}",
    "minus": f"SELECT * {{ {'MINUS {} ' * 6_000} }}",
    "nots": f"ASK {{ FILTER({'!' * 60_000}true) }}",
    "sum": f"SELECT (1{'+1' * 30_000} AS ?x) {{}}",
    "or": f"ASK {{ FILTER(true{'||true' * 10_000}) }}",
    "unions": f"SELECT * {{ {'{} UNION ' * 6_000}{{}} }}",
    "path": f"SELECT * {{ ?s kg:locatedIn{'/<a>' * 14_000} ?o }}",
    "alternatives": f"SELECT * {{ ?s kg:locatedIn{'|<a>' * 14_000} ?o }}",
    "inverse": f"SELECT * {{ ?s {'^' * 60_000}<a> ?o }}",
    "too-long": f"ASK {{}} #{'x' * 70_000}",
}
KILLERS = {
    f"{way}: {name}": text
    for way, texts in (("hang", HANG), ("planner", PLANNER), ("abort", ABORT), ("crash", CRASH))
    for name, text in texts.items()
}
GOOD = "SELECT ?o { <base/guian> rdfs:label ?o }"
