"""What the notebooks need and need not explain: data, figures, checks, plotting, processes.

The mathematics itself stays in the notebooks.
"""

import os
import sys

# TensorFlow reports the processor's features on stderr when it is imported, and a notebook
# stores stderr; errors still come through. On some processors it also rounds in an order of their
# own, and says so at any level: off, because what the book prints should not depend on the
# reader's processor. Whoever has set one of these keeps it.
TENSORFLOW = {"TF_CPP_MIN_LOG_LEVEL": "2", "TF_ENABLE_ONEDNN_OPTS": "0"}
os.environ |= TENSORFLOW | os.environ

# The book's numbers are TensorFlow's. Another course may have set another backend, or rounding, for
# all programs: Keras reads its settings in the folder that is named here.
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["KERAS_HOME"] = os.path.join(os.path.dirname(__file__), "keras")

if "IPython" in sys.modules and (shell := sys.modules["IPython"].get_ipython()):
    from gearsbook import kernel

    kernel.prepare(shell)
