"""What the notebooks need and need not explain: data, figures, checks, plotting style.

The mathematics itself stays in the notebooks.
"""

import os

# TensorFlow reports the processor's features on stderr when it is imported, and a notebook
# stores stderr. Errors still come through, and whoever set the level keeps it.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
