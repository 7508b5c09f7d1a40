"""Evaluate golden and tie-heavy studies in this process, and print the hash of every result and paper as JSON.

Without the argument `studies` only products are hashed that tell one kernel of the linear algebra from another.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl
import scipy.linalg

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from evaluation.flat_people import evaluated
from papers.doubted_result import doubted_again
from whatworks.evaluation.result import Result
from whatworks.evaluation.whole import write_result
from whatworks.papers import write_papers

WAYS: tuple[dict[str, object], ...] = (
    {"caliper": 0.2},
    {"caliper": None, "replace": True},
    {"caliper": 0.2, "ratio": 2, "exact": ["sex"]},
    {"method": "optimal", "caliper": 0.2},
    {"method": "radius", "caliper": 0.2},
    {"method": "entropy", "caliper": None},
)


def hashed(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def probe() -> str:
    """Hash products and solutions by numpy's BLAS, then by scipy's, which is another: kernels differ in both."""
    rng = np.random.default_rng(1)
    left, right = rng.normal(size=(300, 40)), rng.normal(size=(40, 50))
    ours = (left @ right, left.T @ left, np.linalg.lstsq(left, right[0].sum() + left[:, 0], rcond=None)[0])
    theirs = (scipy.linalg.qr(left, mode="r")[0], scipy.linalg.blas.dgemm(1.0, left, right))
    return " ".join(hashed(*(np.ascontiguousarray(made).tobytes() for made in side)) for side in (ours, theirs))


def offenders(seed: int, slope: float = 1.0) -> pl.DataFrame:
    """Ages and convictions in whole numbers: hundreds of people stand exactly between two others."""
    rng = np.random.default_rng([seed, 30])
    n = 260
    age, convictions = rng.integers(18, 60, n), rng.poisson(3, n)
    chance = 1 / (1 + np.exp(1 + slope * ((age - 36) / 14 - (convictions - 3) / 4)))
    return pl.DataFrame(
        {
            "treated": (rng.random(n) < chance).astype(int),
            "age": age,
            "convictions": convictions,
            "sex": rng.choice(["female", "male"], n),
            "reoffended": (rng.random(n) < 0.45).astype(int),
            "offences": rng.poisson(1.2, n),
        }
    )


def no_difference() -> pl.DataFrame:
    """Of every age and sex a third is treated, so that the true slopes are zero and every mean difference is none."""
    cells = [(t, 20 + 4 * age, sex) for age in range(8) for sex in ("female", "male") for t in (1, 1, 0, 0, 0, 0)]
    frame = pl.DataFrame(cells, schema=["treated", "age", "sex"], orient="row").sample(fraction=1, shuffle=True, seed=3)
    rng = np.random.default_rng(6)
    return frame.with_columns(
        convictions=pl.col("age") // 7,
        reoffended=pl.Series(rng.integers(0, 2, frame.height)),
        offences=pl.Series(rng.poisson(1.2, frame.height)),
    )


def studies(folder: Path) -> Iterator[tuple[str, Result]]:
    yield "doubted", doubted_again()
    covariates = {"covariates": ["age", "convictions", "sex"]}
    kinds = {"offences": {"column": "offences", "kind": "frequency", "label": "Offences"}}
    kinds |= {"reoffended": {"column": "reoffended", "label": "Reoffending"}}
    for seed, way in enumerate(WAYS):
        asked = {"comparison": covariates | way, "outcomes": {"primary": "reoffended", "others": ["offences"]}}
        asked["data"] = {"outcomes": kinds}
        yield f"ties {seed}", evaluated(folder, offenders(seed), **asked)
    same = {"covariates": ["age", "sex"], "caliper": 0.2}
    yield "no difference", evaluated(folder, no_difference(), comparison=same)


def main() -> dict[str, str]:
    hashes = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        for study, result in studies(folder):
            written = write_result(result, folder / "result.json")
            files = write_papers(written, folder / "papers", forms=["html", "json"])
            hashes |= {f"{study}: {path.name}": hashed(path.read_bytes()) for path in (folder / "result.json", *files)}
    return hashes


if __name__ == "__main__":
    print(json.dumps({"probe": probe(), "hashes": main() if sys.argv[1:] == ["studies"] else {}}))
