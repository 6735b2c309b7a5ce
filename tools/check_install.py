"""Install the wheel in environments of their own, the core alone and with each extra, and try it: `make install-check`.

It needs the package index that pip knows and some minutes. What it prints is the table of docs/decisions.md: packages,
megabytes and seconds of each. No source is built, so that what it measures is what users get. With a folder of releases
as its argument it asks what is there, in place of building one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

__all__ = ["main"]

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = ("", *sorted(set(PROJECT["optional-dependencies"]) - {"dev"}))

# What each extra is for, tried where it is not installed: the hint must name it.
HINTS = {
    "server": ["serve"],
    "mcp": ["mcp"],
    "tables": ["export", "parquet", "--output", "tables"],
    "read": ["read", "page.html"],
    "pictures": ["draw", "relations", "company/catl", "--output", "catl.html"],
}
PAGE = f"<html><body><article><p>{'A works is to have a capacity of 30 GWh a year. ' * 9}</p></article></body></html>"
COVERS = {"server": {"mcp", "pictures"}}
CORE = (
    ["--help"],
    ["find", "宁德时代"],
    ["ask", "base-operator"],
    ["draw", "supply", "base/guian", "--output", "guian.svg", "--force"],
)


def main() -> int:
    """Install, try and measure; the exit code is 1 where something does not work."""
    with tempfile.TemporaryDirectory(prefix="kg-install-") as name:
        folder = Path(name)
        wheel = build_wheel(folder)
        home = folder / "home"
        home.mkdir()
        (home / "page.html").write_text(PAGE, encoding="utf-8")
        if len(sys.argv) > 1:
            (home / "releases").symlink_to(Path(sys.argv[1]).resolve())
        wrong: list[str] = []
        for extra in EXTRAS:
            scripts, seconds = install(folder / f"with-{extra or 'core'}", wheel, extra)
            if not list(home.glob("releases/current")):
                run(scripts / "kg", home, "build")
            wrong += [f"{extra or 'core'}: {finding}" for finding in faults(scripts, home, extra)]
            sys.stdout.write(f"| {extra or 'core'} | {measured(scripts.parent)} | {seconds:.0f} |\n")
            sys.stdout.flush()
    sys.stdout.writelines(f"{finding}\n" for finding in wrong)
    return 1 if wrong else 0


def build_wheel(folder: Path) -> Path:
    """Build the wheel as it is uploaded."""
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    [wheel] = folder.glob("*.whl")
    return wheel


def install(environment: Path, wheel: Path, extra: str) -> tuple[Path, float]:
    """Make an environment and install the wheel; give its scripts, and how long pip took."""
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    scripts = environment / "bin"
    began = time.monotonic()
    wanted = f"{wheel}[{extra}]" if extra else str(wheel)
    quiet = ("--quiet", "--disable-pip-version-check", "--only-binary", ":all:")
    subprocess.run([scripts / "python", "-m", "pip", "install", *quiet, wanted], check=True, stderr=subprocess.DEVNULL)
    return scripts, time.monotonic() - began


def run(program: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a program of an environment in a folder that knows nothing of the checkout."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "PYTHON"))}
    return subprocess.run(
        [program, *words], cwd=home, env=env, input="", capture_output=True, text=True, encoding="utf-8", check=False
    )


def faults(scripts: Path, home: Path, extra: str) -> Iterator[str]:
    """Find what does not work: a command of the core, a verb of the extra, or a hint at an extra that is missing."""
    if run(scripts / "python", home, "-c", "import kg").returncode:
        yield "import kg fails"
    # The cards are checked once: that takes as long as all the rest.
    for words in CORE if extra else (*CORE, ["check"]):
        done = run(scripts / "kg", home, *words)
        if done.returncode:
            yield f"kg {' '.join(words)}: {done.stderr.strip().splitlines()[-1:]}"
    there = {extra} | COVERS.get(extra, set())
    for name, words in HINTS.items():
        if name not in there:
            told = run(scripts / "kg", home, *words).stderr
            if f"zerocarbon-kg[{name}]" not in told:
                yield f"kg {words[0]} does not name the extra {name}: {told.strip()!r}"
        elif name != "server":
            done = run(scripts / "kg", home, *words, *(["--force"] if name in ("tables", "pictures") else []))
            if done.returncode:
                yield f"kg {' '.join(words)}: {done.stderr.strip().splitlines()[-1:]}"
        elif run(scripts / "python", home, "-c", "import kg.server.run").returncode:
            yield "kg serve does not load"


def measured(environment: Path) -> str:
    """Give the packages and the megabytes of an environment, pip and setuptools aside."""
    [site] = environment.glob("lib/python*/site-packages")
    aside = ("pip", "setuptools", "_distutils_hack", "pkg_resources", "distutils-precedence.pth")
    packages = [path for path in site.glob("*.dist-info") if not path.name.startswith(("pip-", "setuptools-"))]
    files = (
        path
        for top in site.iterdir()
        if not top.name.startswith(aside)
        for path in (top.rglob("*") if top.is_dir() else [top])
        if path.is_file() and path.suffix != ".pyc"
    )
    return f"{len(packages)} | {sum(path.stat().st_size for path in files) / 1e6:.0f}"


if __name__ == "__main__":
    sys.exit(main())
