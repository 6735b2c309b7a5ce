"""Write what the documentation takes from the code, the ontology and the release: `make docs`.

`docs/python.md` is made of the docstrings of `kg.Graph`, `docs/ontology.md` of the Turtle modules, and the figures of
the README of the current release. A test holds the stored pages equal to what this writes.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import kg
from kg.analysis.methods import NetworkVerbs
from kg.graph import Graph
from kg.ontology.glossary import Chapter, read_glossary
from kg.ontology.model import Term
from kg.ontology.source import ontology_quads
from kg.rdf.store import Store, fill
from kg.tables.tabular import Tabular

__all__ = ["figures", "ontology_page", "python_page", "with_figures"]

ROOT = Path(__file__).parents[1]
SORTS = {"class": "Classes", "property": "Properties", "scheme": "Lists", "concept": "Concepts"}


def ontology_page() -> str:
    """Give the reference of the ontology as Markdown."""
    store = Store()
    fill(store, ontology_quads(ROOT / "ontology"))
    return "\n".join([*_ontology_head(), *(line for module in read_glossary(store) for line in _module(module))]) + "\n"


def _ontology_head() -> Iterator[str]:
    yield from (
        "# The ontology",
        "",
        "Made from the Turtle in `ontology/` by `make docs`. All terms are in `https://w3id.org/zerocarbon/ontology#`",
        "(`kg:`); a term's name is its key on a card. Start with [ontology/README.md](../ontology/README.md); a server",
        "shows the same at `/ontology`, with examples and in Chinese.",
    )


def _module(module: Chapter) -> Iterator[str]:
    # Members of other vocabularies' classes that a module describes name no module of ours.
    terms = [term for term in module.terms if term.labels]
    if not terms:
        return
    yield from ("", f"## {module.titles.get('en', module.name)}", "")
    if module.descriptions.get("en"):
        yield from (module.descriptions["en"], "")
    for sort, title in SORTS.items():
        rows = [_row(term) for term in terms if term.sort == sort]
        if rows:
            yield from (f"### {title}: {module.name}", "", "| term | 中文 | means |", "|---|---|---|", *rows, "")


def _row(term: Term) -> str:
    links = _links(term)
    means = term.definitions.get("en", "") + (f" ({links})" if links else "")
    return f"| `{term.name}` | {term.labels.get('zh', '')} | {means.replace('|', '/')} |"


def _links(term: Term) -> str:
    parts = []
    if term.sort == "class" and term.above:
        parts.append("below " + _names(term.above))
    if term.sort == "property":
        parts.append(f"{_names(term.domain) or 'anything'} → {_names(term.range) or 'anything'}")
    return "; ".join(parts)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def python_page() -> str:
    """Give the reference of the library as Markdown."""
    lines = [
        "# Python",
        "",
        "Made from docstrings by `make docs`.",
        "",
        "```python",
        "import kg",
        "",
        "graph = kg.open()  # the current release, found whole",
        "graph.find(\"宁德时代\")[0].entity  # 'company/catl'",
        'answer = graph.ask("land-per-gwh")  # rows, each with its claims',
        "answer.records(), answer.to_csv()  # plain values, CSV",
        'answer.df()[["site", "hectares_per_gwh"]]  # a pandas DataFrame, every column of one type',
        'graph.why("base/guian/phase-one", "plannedCapacity")',
        "graph.as_rdflib()  # an rdflib Dataset: claims are named graphs",
        'graph.network("supply")  # a networkx graph',
        "```",
        "",
        *_section("kg.open", kg.open),
        "## Data frames",
        "",
        "All that is a table has `df()`: answers, `show`, `find`, `match`, `why`, `claims`, `conflicts`, `neighbours`,",
        "`edges`, every analysis, and each section of `coverage`. pandas comes with the extra `tables`.",
        "",
        *_doc(Tabular.df),
        "## kg.Graph",
        "",
        *_doc(Graph),
    ]
    # The verbs that compute on networks stand in a class of their own.
    for name, member in {**vars(NetworkVerbs), **vars(Graph)}.items():
        if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property)):
            lines += _section(f"Graph.{name}", member)
    return "\n".join(lines).rstrip() + "\n"


def _section(name: str, member: Any) -> list[str]:
    level = "###" if name.startswith("Graph.") else "##"
    if isinstance(member, property):
        return [f"{level} {name}", "", *_doc(member.fget)]
    signature = re.sub(r"\(self(, )?", "(", str(inspect.signature(member)))
    signature = re.sub(r"'([\w\[\], |.]+)'", r"\1", signature)
    return [f"{level} {name}", "", "```text", f"{name}{signature}", "```", "", *_doc(member)]


def _doc(member: Any) -> list[str]:
    text = inspect.getdoc(member) or ""
    # Doctest lines are code.
    text = re.sub(r"((?:^>>> .*\n?(?:^(?!>>>|$).*\n?)*)+)", r"```text\n\1\n```\n", text, flags=re.MULTILINE)
    return [text.replace("\n\n```\n", "\n```\n"), ""]


FIGURES = re.compile(r"(<!-- figures -->\n).*?(\n<!-- end of figures -->)", re.DOTALL)


def figures(graph: Graph) -> str:
    """Say how large a release is, and how well its claims are borne out."""
    tables = {section.title: section.table for section in graph.coverage()}
    totals = {str(what): int(str(number)) for what, number in tables["Totals"].rows}
    rows = {str(row[0]): [int(str(cell)) for cell in row[1:]] for row in tables["By strength of evidence"].rows}
    words = [rows["Position"], rows["Printed"]]
    claims = totals["claims"]
    shown, measured = sum(row[1] for row in words), sum(row[1] for row in rows.values())
    own, page, table = (rows[name][0] / claims for name in ("Printed", "Page", "Compiled"))
    own += rows["Position"][0] / claims
    weak = totals["statements from weak sources only"]
    return "\n".join(
        (
            f"**How true is it?** It holds {claims:,} claims of {totals['documents']:,} documents about "
            f"{totals['entities']:,} entities.",
            f"{own:.0%} of the claims keep the words as printed or a position in the text, "
            f"{page:.0%} name a page alone, and",
            f"{table:.0%} rest on a table that cites several pages; of the claims with a figure or a day "
            f"{shown / measured:.0%} keep the words.",
            f"{weak:,} statements rest on weak sources alone (reposts, machine summaries, aggregators). "
            "Each claim, page",
            f"and export says which. {totals['questions']} named questions have tested answers.",
        )
    )


def with_figures(page: str, graph: Graph) -> str:
    """Put the figures of a release into a page, between their marks."""
    return FIGURES.sub(lambda found: found[1] + figures(graph) + found[2], page)


def main() -> None:
    """Write both pages, and the figures of the README, for which a release has to be there."""
    (ROOT / "docs" / "python.md").write_text(python_page(), encoding="utf-8", newline="\n")
    (ROOT / "docs" / "ontology.md").write_text(ontology_page(), encoding="utf-8", newline="\n")
    readme = ROOT / "README.md"
    try:
        graph = kg.open()
    except kg.KgError as error:
        sys.exit(f"docs/python.md and docs/ontology.md are written, the figures of README.md are not: {error}")
    readme.write_text(with_figures(readme.read_text("utf-8"), graph), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
