"""Put the commands together, and turn whatever happens into an exit status."""

import contextlib
import os
import sys
from importlib import import_module
from typing import Any

import typer

from whatworks.cli.options import printable
from whatworks.version import __version__

COMMANDS = (
    ("", "records.init init"),
    ("mapping", "records.init suggest"),
    ("", "records.importing import_"),
    ("quarantine", "records.quarantine list_ export import_ drop"),
    ("", "linkage.group"),
    ("", "audit.group"),
    ("", "simulate simulate"),
    ("", "evaluation.evaluate evaluate"),
    ("protocol", "evaluation.protocol_new new"),
    ("protocol", "evaluation.look look"),
    ("protocol", "evaluation.protocol lock"),
    ("", "evaluation.check check"),
    ("", "evaluation.verdict verdict"),
    ("", "evaluation.power power"),
    ("", "evaluation.combine combine"),
    ("money", "money.tables check exposure variance"),
    ("money", "money.outcome cost_per_outcome"),
    ("money", "money.streams streams cut"),
    ("contract", "money.contract_settle terms settle check"),
    ("contract", "money.contract_simulate simulate negotiate"),
    ("", "money.recharge recharge"),
    ("", "sharing.group"),
    ("", "sharing.unusual"),
    ("", "surveys.group"),
    ("", "journeys.group"),
    ("", "places.group"),
    ("", "people.group"),
    ("", "casework.group"),
    ("", "board.group"),
    ("", "pack pack"),
    ("", "demo demo"),
    ("", "web web"),
)
"""The group that commands stand in, their module of this room and its functions; a module without adds its own."""
GROUPS = {
    "mapping": "Say how an agency's columns become ours.",
    "quarantine": "See rows that were set aside, and have them corrected.",
    "protocol": "Write down what will be asked, before anyone looks.",
    "money": "Do tables add up, what did it cost, who pays, and who carries a cut.",
    "contract": "What a payment-by-results contract pays, and how likely for luck.",
}
UsageFault: type[Any] = typer.BadParameter.__mro__[2]
"""What the library beneath typer raises for a wrong option, wherever typer keeps it."""
FAULTS_SHOWN = 12
JSON = "--json"


def build() -> typer.Typer:
    """Return the application with all commands."""
    app = typer.Typer(
        name="whatworks",
        help="Answers for a crime-reduction board, from the extracts that its agencies already hold.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # drawing help with rich takes three times as long as everything else
    )

    @app.callback(invoke_without_command=True)
    def version(show: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
        if show:
            typer.echo(f"whatworks {__version__}")
            raise typer.Exit

    groups = {"": app}
    for name, commands in COMMANDS:
        if name not in groups:
            groups[name] = typer.Typer(help=GROUPS[name], no_args_is_help=True)
            groups[name].callback()(lambda: None)
            app.add_typer(groups[name], name=name)
        add_commands(groups[name], commands)
    return app


def add_commands(group: typer.Typer, *given: str) -> None:
    """Add functions of modules of this room as commands: "money.streams streams cut", or a module that adds its own."""
    for module, *names in map(str.split, given):
        found = import_module(f"whatworks.cli.{module}")
        if not names:
            found.register(group)
        for name in names:
            group.command(name.rstrip("_").replace("_", "-"))(getattr(found, name))


def main() -> None:
    """Run a command. Exit status: 0 done, 2 refused (bad input, or what cannot be said), 1 a fault of ours."""
    as_json = JSON in sys.argv
    keep_stdout()
    try:
        sys.exit(build()(standalone_mode=not as_json) or 0)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as fault:  # a panic of a compiled library is no Exception
        status = explain(fault)
        if as_json:
            print_refusal(fault)
        sys.exit(status)


def keep_stdout() -> None:
    """Send what compiled libraries print of their own accord to stderr: standard output has the answer alone."""
    if sys.stdout is not sys.__stdout__:
        return
    like: Any = sys.stdout
    with contextlib.suppress(OSError, AttributeError):
        like.flush()
        own, lines = os.dup(1), 1 if like.line_buffering else -1
        os.dup2(2, 1)
        sys.stdout = os.fdopen(own, "w", lines, encoding=like.encoding, errors=like.errors)


def print_refusal(fault: BaseException) -> None:
    """Print what was refused as the one JSON document of standard output: every fault, with the same words.

    Where an answer is out already, as of a folder of which some files are refused, the faults stand on stderr only.
    """
    from whatworks.cli.answer import has_printed, print_json
    from whatworks.records.refusal import Fault, Refused

    if has_printed():
        return
    if isinstance(fault, Refused):
        print_json({"refused": fault.faults})
    elif isinstance(fault, UsageFault):
        print_json({"refused": [Fault(fault.format_message(), "see --help")]})
    else:
        print_json({"fault": type(fault).__name__})


def explain(fault: BaseException) -> int:
    """Say on stderr what went wrong, without a traceback; return the exit status."""
    from whatworks.records.refusal import Refused

    if isinstance(fault, Refused):
        typer.echo("Refused:", err=True)
        for one in fault.faults[:FAULTS_SHOWN]:
            typer.echo(f"  {printable(str(one))}", err=True)
        if len(fault.faults) > FAULTS_SHOWN:
            typer.echo(f"  ... and {len(fault.faults) - FAULTS_SHOWN} more faults of the same input", err=True)
        return 2
    if isinstance(fault, typer.Abort):
        return 1
    if isinstance(fault, UsageFault):
        typer.echo(f"Refused:\n  {printable(fault.format_message())}", err=True)
        return 2
    import os
    import traceback

    from whatworks.records.writing.changed import has_changed

    stands = "What was done before it stands" if has_changed() else "Nothing was changed"
    typer.echo(
        f"whatworks met a fault of its own ({type(fault).__name__}). {stands}. Please report it with the command that "
        "you ran; run again with WHATWORKS_DEBUG=1 to see where (that output may show data).",
        err=True,
    )
    if os.environ.get("WHATWORKS_DEBUG"):
        traceback.print_exception(fault)
    return 1
