"""Serve the pages on this machine alone."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from whatworks.records.refusal import Fault, Refused
from whatworks.web.site import LARGEST

if TYPE_CHECKING:
    from flask import Flask

LOOPBACK = "127.0.0.1"
THREADS = 8


def serve(site: "Flask", port: int, ready: Callable[[], None]) -> None:
    """Serve until interrupted, `ready` being called when a browser may come; refused where the port is taken."""
    from waitress.server import create_server

    try:
        server = create_server(
            site, host=LOOPBACK, port=port, threads=THREADS, ident=None, max_request_body_size=LARGEST
        )
    except OSError as fault:
        problem = f"cannot be used ({fault.strerror or fault})"
        raise Refused(Fault(problem, "name another port with --port", field="port", value=str(port))) from None
    ready()
    server.run()
