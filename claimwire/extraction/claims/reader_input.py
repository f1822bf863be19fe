"""Reader input: what the drafts of an item show about each sentence, as features for the reader."""

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from claimwire.claim_detection.features import ACTS, HEARD, Floats
from claimwire.extraction.acts.acts import is_negative
from claimwire.extraction.claims.drafts import Draft
from claimwire.extraction.claims.page import Page
from claimwire.statements import OUTLET


def heard(drafts: Sequence[Draft], page: Page) -> Floats:
    """``[sentences, HEARD]``: the speakers' acts, the outlet's acts, and traits of their words."""
    starts = [span[0] + page.shift(part) for part, span in page.sentences]
    found = np.zeros((len(starts), HEARD), np.float32)
    for draft in drafts:
        at = (draft.cue[0] if draft.cue else draft.span)[0] + page.shift(draft.part)
        row = found[max(0, bisect_right(starts, at) - 1)]
        own = draft.side.startswith(OUTLET)
        row[ACTS.index(draft.act) + (len(ACTS) if own else 0)] = 1
        traits = (is_negative(draft.words) and not draft.says_no, draft.answers, draft.reported, bool(draft.outcome))
        row[2 * len(ACTS)] += 1
        row[2 * len(ACTS) + 1 :] = np.maximum(row[2 * len(ACTS) + 1 :], traits)
    return found
