"""Seconds, peak memory and size of each form of export, beside rdflib writing the same Turtle and JSON-LD.

    python benchmarks/exports.py [RELEASE]

Each form is a process of its own: opening the release, which checks every file of it, is in the
figures. The peer reads the accepted view, as N-Triples, into an rdflib Graph and serializes it.
RELEASE is a release or a folder of releases; by default the current one in KG_RELEASES or ./releases.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PREPARE = """
import json, sys, pathlib, kg, pyoxigraph as ox
from kg.export.jsonld import release_context
from kg.rdf.store import facts
graph, folder = kg.open(sys.argv[1]), pathlib.Path(sys.argv[2])
view = [" ".join(map(str, fact.triple)) for fact in facts(graph.release.store, graph=ox.DefaultGraph())]
(folder / "view.nt").write_text("".join(f"{line} .\\n" for line in view), "utf-8")
context = release_context(graph.release.store)
(folder / "context.json").write_text(json.dumps({key: one for key, one in context.items() if one is not None}), "utf-8")
print(f"release {graph.release.id}: {graph.release.facts['quads']:,} quads, {len(view):,} triples in the view")
"""

PEER = """
import json, pathlib, sys, rdflib
from kg.rdf.namespaces import PREFIXES
folder, target, form = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
graph = rdflib.Graph().parse(folder / "view.nt", format="nt")
for prefix, namespace in PREFIXES.items():
    graph.bind(prefix, namespace)
options = {"context": json.loads((folder / "context.json").read_text("utf-8"))} if form == "json-ld" else {}
graph.serialize(target, format=form, **options)
"""

# As in kg.export, which is not imported here: what this process holds counts in the peak of those that it starts.
FORMS = ("nquads", "trig", "turtle", "jsonld", "graphml", "gexf", "sqlite", "csv", "spreadsheet", "parquet", "all")


def measure(command: list[str], target: Path) -> tuple[float, float, float]:
    """Run a command; gives its wall time in seconds, its peak memory and the size of what it wrote in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command} failed")
    files = [target] if target.is_file() else [path for path in target.rglob("*") if path.is_file()]
    return seconds, usage.ru_maxrss / 1024, sum(path.stat().st_size for path in files) / 1e6


def main() -> None:
    """Measure and print a table."""
    release = str(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("KG_RELEASES", "releases")).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-c", PREPARE, release, str(folder)], check=True)
        print(f"\n{'form':<22}{'seconds':>9}{'peak MB':>9}{'MB':>9}")
        for form in FORMS:
            target = folder / f"kg-{form}"
            command = [sys.executable, "-m", "kg", "export", form, "-o", str(target), "--release", release]
            print(f"{'kg ' + form:<22}{_cells(measure(command, target))}", flush=True)
        for form in ("turtle", "json-ld"):
            target = folder / f"rdflib-{form}"
            command = [sys.executable, "-c", PEER, str(folder), str(target), form]
            print(f"{'rdflib ' + form:<22}{_cells(measure(command, target))}", flush=True)


def _cells(figures: tuple[float, float, float]) -> str:
    return "".join(f"{figure:9.1f}" for figure in figures)


if __name__ == "__main__":
    main()
