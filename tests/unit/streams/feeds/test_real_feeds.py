import os
from pathlib import Path

import pytest

from benchmarks.feeds import verdicts

SHARED = Path(os.environ.get("CLAIMWIRE_SHARED", Path(__file__).parents[5] / "shared")) / "feeds"
LEAST = 0.97


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"there is no {SHARED}: set CLAIMWIRE_SHARED to the folder of feeds/")
def test_real_files_of_public_projects_are_read_and_refused_as_their_manifest_says() -> None:
    found = list(verdicts(SHARED))
    accepted = [v for v in found if v.expect == "accept"]
    assert sum(v.right for v in accepted) >= LEAST * len(accepted), [v for v in accepted if not v.right]
    assert [v.file for v in found if v.expect == "refuse" and not v.right] == []
