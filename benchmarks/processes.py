"""How long the commands take as whole processes, beside rdflib doing the same work on the same release.

    python benchmarks/processes.py [ROUNDS]

Each command is started anew every round, the commands taking turns, and the median, the
fastest and the slowest run are told in milliseconds, with the peak memory in MB. The peer
reads the release's dump into an rdflib Dataset and asks it the same question.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

PEER = """
import sys, rdflib
from kg.questions import read_questions
from pathlib import Path
question = next(q for q in read_questions(Path(sys.argv[2])) if q.name == "base-operator")
data = rdflib.Dataset()
data.parse(sys.argv[1], format="nquads")
from kg.terms import BASE, PREFIXES
base = rdflib.URIRef(BASE + "base/yanzhou")
rows = list(data.query(question.text, initNs=PREFIXES, initBindings={"base": base}))
assert rows
"""


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Run a command; gives its wall time in seconds and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    message = process.stderr.read().decode() if process.stderr else ""
    if process.stderr:
        process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command} failed:\n{message}")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print a table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"KG_RELEASES": folder, "PYTHONPATH": str(ROOT)}
        kg = [sys.executable, "-m", "kg"]
        run([*kg, "build", "--quiet"], environment)
        dump = str(Path(folder) / "current" / "graph.nq")
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "kg --help": [*kg, "--help"],
            "kg find 宁德时代": [*kg, "find", "宁德时代"],
            "kg ask base-operator": [*kg, "ask", "base-operator"],
            "kg query (worker process)": [*kg, "query", "SELECT ?s WHERE { ?s a kg:Base }"],
            "kg verify": [*kg, "verify"],
            "kg check": [*kg, "check"],
            "kg build": [*kg, "build", "--quiet"],
            "rdflib: read dump, ask the same": [sys.executable, "-c", PEER, dump, str(ROOT / "ontology" / "questions")],
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(run(command, environment))
    print(f"{rounds} rounds, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print(f"{'command':34} {'median ms':>10} {'min':>8} {'max':>8} {'peak MB':>8}")
    for name, runs in times.items():
        seconds = [one * 1000 for one, _ in runs]
        peak = max(memory for _, memory in runs)
        print(f"{name:34} {statistics.median(seconds):10.0f} {min(seconds):8.0f} {max(seconds):8.0f} {peak:8.0f}")


if __name__ == "__main__":
    main()
