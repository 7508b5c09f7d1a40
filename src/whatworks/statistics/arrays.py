"""What arrays of numbers are called in signatures: decimals, whole numbers, and yes or no."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
