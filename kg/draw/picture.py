"""A finished picture: shows itself in a notebook, saves itself to a file, and says in words what it shows."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kg.errors import MissingExtra, UsageError

__all__ = ["Picture"]


@dataclass(frozen=True)
class Picture:
    """A picture as SVG, and as an interactive page where there is one.

    `name` is a good name for its file, without suffix; `text` says what can be seen, for whoever cannot see it. A
    picture that is empty says so itself.
    """

    name: str
    svg: str = field(repr=False)
    text: str
    is_empty: bool = False
    render_page: Callable[[], str] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def page(self) -> str:
        """The interactive page, one file that needs no network. UsageError for a picture that has none."""
        if self.render_page is None:
            raise UsageError("this picture has no page, only SVG; save it as a file that ends with .svg")
        return self.render_page()

    @property
    def suffix(self) -> str:
        """What the picture's file best ends with."""
        return ".svg" if self.render_page is None else ".html"

    def save(self, path: Path | str | None = None, *, overwrite: bool = False) -> Path:
        """Write the picture to a file, `.svg` or `.html` by its ending; without a path, to one of its own name here.

        A file that is there is not written over, unless `overwrite` says so. Gives the path.
        """
        target = Path(self.name + self.suffix) if path is None else Path(path)
        forms = {".svg": lambda: self.svg, ".html": lambda: self.page, ".txt": lambda: self.text + "\n"}
        if target.suffix not in forms:
            raise UsageError(f"{target}: pictures are written as {', '.join(forms)}; end the name with one of these")
        content = forms[target.suffix]()
        try:
            # "x" fails where the file exists: no moment lies between the look and the writing.
            with target.open("w" if overwrite else "x", encoding="utf-8", newline="\n") as file:
                file.write(content)
        except FileExistsError as error:
            raise UsageError(f"{target} exists; choose another name, or ask to write over it") from error
        except OSError as error:
            raise UsageError(f"{target} cannot be written ({error.strerror})") from error
        return target

    def _repr_html_(self) -> str:
        """Show the picture in a notebook: a page in a frame of its own, cut off from the notebook; SVG as it is.

        Where the packages for pages are not installed, the SVG of the same picture is shown.
        """
        if self.render_page is None:
            return self.svg
        try:
            page = self.page
        except MissingExtra:
            return self.svg
        return (
            '<iframe sandbox="allow-scripts" style="width:100%;height:720px;border:0" '
            f'srcdoc="{html.escape(page)}"></iframe>'
        )
