"""What holds for notebooks as for tests: how they are shared out, and that none is left out."""

import os
import sys

from nbval import kernel

from kernels import ForkedKernel, KernelOnFiles
from proved import pytest_collect_file  # noqa: F401  # a hook of pytest
from rooms import (  # noqa: F401  # hooks of pytest
    pytest_collection_finish,
    pytest_collection_modifyitems,
    pytest_make_collect_report,
    pytest_runtest_makereport,
    pytest_terminal_summary,
    pytest_xdist_make_scheduler,
)
from tools import notebooks

os.environ |= notebooks.NO_SETTINGS  # for the kernels of nbval
if sys.platform == "linux":
    kernel.KernelManager = ForkedKernel
elif os.name != "nt":
    kernel.KernelManager = KernelOnFiles
