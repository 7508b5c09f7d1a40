"""`whatworks --help` beside importing typer: medians of one run, interleaved."""

import statistics
import subprocess
import sys
import time

ROUNDS = 15


def seconds(arguments: list[str]) -> float:
    """Return how long one fresh interpreter takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> int:
    """Print the table; return 1 if --help takes more than three times the import."""
    peers = {"import typer": ["-c", "import typer"], "whatworks --help": ["-m", "whatworks", "--help"]}
    times: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(ROUNDS):
        for name, arguments in peers.items():
            times[name].append(seconds(arguments))
    base = statistics.median(times["import typer"])
    for name, taken in times.items():
        print(f"{name:<20} {statistics.median(taken) * 1000:7.0f} ms   {statistics.median(taken) / base:5.2f}x")
    return int(statistics.median(times["whatworks --help"]) > 3 * base)


if __name__ == "__main__":
    sys.exit(main())
