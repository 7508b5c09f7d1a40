"""The fewest members of a network who reach everybody: each is chosen, or tied to one who is."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array

from whatworks.records.refusal import Fault, Refused


def dominating_set(ties: npt.ArrayLike) -> tuple[int, ...]:
    """Return the rows of a minimum dominating set of a square matrix of ties, exact by integer programming.

    Any value above zero is a tie, in either direction. Of several smallest sets it takes the one with the least places.

    >>> dominating_set([[0, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]])
    (0, 3)
    """
    joined = check_ties(ties)
    many = joined.shape[0]
    if not many:
        return ()
    reached = (joined + eye_array(many)).tocsr()
    cost = 1 + np.arange(many) / (many * many)
    limits = LinearConstraint(reached, lb=1)
    solved = milp(cost, constraints=limits, integrality=np.ones(many), bounds=Bounds(0, 1), options={"mip_rel_gap": 0})
    if solved.x is None:
        raise Refused(Fault("no set of members was found", "report this with the number of members"))
    return tuple(int(at) for at in np.flatnonzero(solved.x > 0.5))


def check_ties(ties: npt.ArrayLike) -> csr_array:
    """Return ties as ones of a symmetric sparse matrix without loops; refuse what is not square or is negative."""
    matrix = csr_array(np.asarray(ties, dtype=np.float64)) if not isinstance(ties, csr_array) else ties
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or (matrix.data < 0).any():
        raise Refused(Fault("ties are not a square matrix of numbers from zero", "give a row and a column a member"))
    both = ((matrix + matrix.T) > 0).astype(np.float64)
    both.setdiag(0)
    both.eliminate_zeros()
    return csr_array(both)
