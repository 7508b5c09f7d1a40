"""What wrong links do to a rate follows from who is counted where."""

import numpy as np
import pytest

from whatworks.linkage.doubt.corrected import LinkErrors, corrected_rate
from whatworks.records.refusal import Refused


def test_the_known_rate_comes_back_from_what_is_seen() -> None:
    # Known: .40 true, 6% joined to others (.30), 4% unjoined: .4 x .90 + .06 x .30 = .378; over .96 it is .39375.
    assert corrected_rate(0.39375, LinkErrors(false=0.06, unjoined=0.04), 0.30) == pytest.approx(0.40, abs=1e-12)


def test_people_counted_one_by_one_give_back_the_rate_they_were_drawn_with() -> None:
    rng, n = np.random.default_rng(11), 400_000
    fate = rng.choice(4, n, p=[0.82, 0.07, 0.05, 0.06])  # right, somebody else's, nobody's, split
    reoffended, theirs, elsewhere = rng.random(n) < 0.45, rng.random(n) < 0.3, rng.random(n) < 0.6
    seen = np.select([fate == 0, fate == 1, fate == 3], [reoffended, theirs, reoffended & ~elsewhere], False)
    errors = LinkErrors(false=0.07, unjoined=0.05, split=0.06, split_part=0.6)
    assert corrected_rate(seen[fate != 2].mean(), errors, 0.3) == pytest.approx(0.45, abs=0.003)


def test_draws_of_the_errors_are_corrected_together_and_no_right_link_is_refused() -> None:
    errors = LinkErrors(false=np.array([0.0, 0.06]), unjoined=np.array([0.0, 0.04]))
    assert np.allclose(corrected_rate(0.39375, errors, 0.30), [0.39375, 0.40])
    with pytest.raises(Refused, match="no link is right"):
        corrected_rate(0.4, LinkErrors(false=0.7, unjoined=0.3), 0.3)
