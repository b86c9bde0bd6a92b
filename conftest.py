"""What holds for notebooks as for tests: how they are shared out, and that none is left out."""

import os
import tempfile

from jupyter_client.manager import KernelManager
from nbval import kernel

from proved import pytest_collect_file  # noqa: F401  # a hook of pytest
from rooms import (  # noqa: F401  # hooks of pytest
    pytest_collection_modifyitems,
    pytest_make_collect_report,
    pytest_runtest_makereport,
    pytest_terminal_summary,
    pytest_xdist_make_scheduler,
)
from tools import notebooks

os.environ |= notebooks.NO_SETTINGS  # for the kernels of nbval


class KernelOnFiles(KernelManager):
    """A kernel that no other can come in the way of.

    A port that is free when one is chosen may be another kernel's when this one takes it, and three
    workers start kernels at the same time.
    """

    def __init__(self, **options: object) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="kernel-")
        super().__init__(transport="ipc", ip=f"{self.folder.name}/socket", **options)


if os.name != "nt":
    kernel.KernelManager = KernelOnFiles
