"""The manifest of a release: a SHA-256 sum for every file, so that one flipped byte is seen; and the release's id.

The file has the form of `sha256sum`, which can check it without this package.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from kg.errors import ReleaseError

__all__ = ["MANIFEST", "id_of", "read_sums", "sum_of", "verify_sums", "write_manifest"]

MANIFEST = "MANIFEST.sha256"
_IDENTIFYING = ("graph.nq", "questions.json", "wordings.json", "rules.json", "networks/kinds.json")
_ID_LENGTH = 16
_LINE = re.compile(r"([0-9a-f]{64})  (\S(?:.*\S)?)")


def id_of(folder: Path, as_of: str | None) -> str:
    """Compute a release's id from what it holds; the rest of it follows from that."""
    digest = hashlib.sha256()
    for name in _IDENTIFYING:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:_ID_LENGTH] + (f"-as-of-{as_of}" if as_of else "")


def write_manifest(folder: Path) -> None:
    """Write the sums of all files below a folder, sorted by path."""
    lines = [f"{sum_of(folder / name)}  {name}\n" for name in _files(folder)]
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="\n")


def verify_sums(folder: Path) -> None:
    """Check every file against the manifest, and that none is missing or added; raises ReleaseError."""
    sums = read_sums(folder)
    problems = [f"{name} is missing" for name in sorted(sums.keys() - set(_files(folder)))]
    for name in _files(folder):
        if name not in sums:
            problems.append(f"{name} is not in the manifest")
        elif (folder / name).is_symlink():
            # What it leads to may change, or be none of the release.
            problems.append(f"{name} is a link")
        elif not (folder / name).is_file():
            # A pipe would be waited for without end.
            problems.append(f"{name} is no file")
        elif sum_of(folder / name) != sums[name]:
            problems.append(f"{name} was changed")
    if problems:
        more = f" and {len(problems) - 1} more problems" if len(problems) > 1 else ""
        raise ReleaseError(f"{folder}: the release is damaged: {problems[0]}{more}; build it again with kg build")


def read_sums(folder: Path) -> dict[str, str]:
    """Read the manifest, the sum of each file by its name; raises ReleaseError where it is missing or malformed."""
    if not (folder / MANIFEST).is_file():
        raise ReleaseError(f"{folder}: this is no release; run kg build first")
    try:
        text = (folder / MANIFEST).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(f"{folder}: the manifest cannot be read ({error}); build the release again") from error
    lines = text.split("\n")
    matches = [_LINE.fullmatch(line) for line in lines[:-1]]
    sums = {found[2]: found[1] for found in matches if found}
    if lines[-1] or None in matches or len(sums) != len(matches) or not sums:
        raise ReleaseError(f"{folder}: the release is damaged: the manifest is not well formed; build it again")
    return sums


def _files(folder: Path) -> list[str]:
    names = (
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()
    )
    return sorted(name for name in names if name != MANIFEST)


def sum_of(path: Path) -> str:
    """Give the sum of a file as the manifest writes it; raises ReleaseError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReleaseError(f"{path}: cannot be read ({error.strerror}); check the rights of the release") from error
