"""The page's own code where it works something out: mrkdwn, dates, the clock."""

import shutil
import subprocess
from pathlib import Path

import pytest

NODE = shutil.which("node")
FOLDER = Path(__file__).with_name("page")


@pytest.mark.skipif(NODE is None, reason="There is no node: the page's own code was not tested.")
def test_the_code_of_the_page_passes_its_own_tests() -> None:
    assert NODE is not None
    files = sorted(map(str, FOLDER.glob("*.test.js")))
    done = subprocess.run([NODE, "--test", *files], capture_output=True, text=True, check=False)
    assert len(files) == 2
    assert done.returncode == 0, done.stdout
