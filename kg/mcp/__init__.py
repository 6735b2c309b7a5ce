"""Tools for agents over the Model Context Protocol: the verbs of the graph, said so that a model uses them well.

`server` makes the MCP server; `tools` holds its tools, a module for each sort of question, `results` what they give
(bounded, with a note where something was left out), `resources` and `prompts` the rest. All of them ask through
`access`: in `kg mcp` over standard input and output the graph of this process, under `/mcp` the workers of the server,
whose limits hold then. Only `kg.server`, `kg.operations` and `kg.cli` import this package; it needs the extra `mcp`.

Protocol: https://modelcontextprotocol.io/specification/
"""

from __future__ import annotations

__all__: list[str] = []
