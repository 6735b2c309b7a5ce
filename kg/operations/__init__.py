"""What can be asked of a graph, written once: name, words in two languages, parameters, how an answer is cut.

`catalogue` lists the operations and is light; `run` runs one, plain values in and plain values out; `registry` is what
a worker can be asked for. HTTP, tools for agents, commands and reconciliation take their parameters from here. It
knows no protocol and no HTTP.
"""

from __future__ import annotations

__all__: list[str] = []
