"""How long the commands take as whole processes, beside rdflib doing the same work on the same release.

    python benchmarks/processes.py [ROUNDS] [WORD]

Each command is started anew every round, the commands taking turns, and the median, the
fastest and the slowest run are told in seconds, with the processor time of the median and
the peak memory in MB; WORD keeps to the commands that hold it. The peer reads the
release's dump into an rdflib Dataset and asks it the same question.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
# A card as people write them, and the entity about which most is said.
CARD = ROOT / "data" / "documents" / "2023" / "catl-sdport-2023.yaml"
HUB = "company/catl"

PEER = """
import sys, rdflib
from kg.questions.question import read_questions
from pathlib import Path
question = next(q for q in read_questions(Path(sys.argv[2])) if q.name == "base-operator")
data = rdflib.Dataset()
data.parse(sys.argv[1], format="nquads")
from kg.rdf.namespaces import BASE, PREFIXES
base = rdflib.URIRef(BASE + "base/yanzhou")
rows = list(data.query(question.text, initNs=PREFIXES, initBindings={"base": base}))
assert rows
"""


class Run(NamedTuple):
    """What one run of a command took: wall and processor time in seconds, peak memory in MB."""

    wall: float
    processor: float
    memory: float


def run(command: list[str], environment: dict[str, str]) -> Run:
    """Run a command to its end; one that fails ends the benchmark."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read().decode() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if process.stderr:
        process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command} failed:\n{message}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def commands(dump: str) -> dict[str, list[str]]:
    """Give the commands by the names under which they are told."""
    kg = [sys.executable, "-m", "kg"]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "kg --help": [*kg, "--help"],
        "kg find 宁德时代": [*kg, "find", "宁德时代"],
        "kg ask base-operator": [*kg, "ask", "base-operator"],
        f"kg show {HUB}": [*kg, "show", HUB],
        "kg conflicts": [*kg, "conflicts"],
        "kg query (worker process)": [*kg, "query", "SELECT ?s WHERE { ?s a kg:Base }"],
        "kg check, one card": [*kg, "check", str(CARD)],
        "kg check": [*kg, "check"],
        "kg build": [*kg, "build", "--quiet"],
        "kg verify": [*kg, "verify"],
        "rdflib: read dump, ask the same": [sys.executable, "-c", PEER, dump, str(ROOT / "ontology" / "questions")],
    }


def main() -> None:
    """Measure and print a table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    word = sys.argv[2] if len(sys.argv) > 2 else ""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"KG_RELEASES": folder, "PYTHONPATH": str(ROOT)}
        chosen = {name: one for name, one in commands(f"{folder}/current/graph.nq").items() if word in name}
        run([sys.executable, "-m", "kg", "build", "--quiet"], environment)
        runs: dict[str, list[Run]] = {name: [] for name in chosen}
        for _ in range(rounds):
            for name, command in chosen.items():
                runs[name].append(run(command, environment))
    print(f"{rounds} rounds, {os.cpu_count()} cores, Python {sys.version.split()[0]}; seconds")
    print(f"{'command':34} {'median':>8} {'min':>8} {'max':>8} {'processor':>10} {'peak MB':>8}")
    for name, taken in runs.items():
        wall = [one.wall for one in taken]
        figures = f"{statistics.median(wall):8.2f} {min(wall):8.2f} {max(wall):8.2f}"
        processor = statistics.median(one.processor for one in taken)
        print(f"{name:34} {figures} {processor:10.2f} {max(one.memory for one in taken):8.0f}")


if __name__ == "__main__":
    main()
