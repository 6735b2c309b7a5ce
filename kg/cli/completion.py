"""The command `kg completion`."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("completion")
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def command(shell: str) -> None:
    """Print the script that completes kg in a shell.

    \b
    eval "$(kg completion bash)"      in ~/.bashrc
    eval "$(kg completion zsh)"       in ~/.zshrc
    kg completion fish | source       in ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    from kg.cli import group

    complete = get_completion_class(shell)
    if complete is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(complete(group, {}, "kg", "_KG_COMPLETE").source())
