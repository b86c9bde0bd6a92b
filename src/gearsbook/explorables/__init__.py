"""Interactive figures: a folder each, with one module of JavaScript in a few files.

A figure is alive in JupyterLab and, without a kernel, on the book's pages. CONTRIBUTING.md says
how to add one.
"""

from gearsbook.explorables.batch_walker import BatchWalker
from gearsbook.explorables.broadcasting import Broadcasting
from gearsbook.explorables.computation_graph import ComputationGraph
from gearsbook.explorables.dense_plane import DensePlane
from gearsbook.explorables.descent import Descent
from gearsbook.explorables.digit_inspector import DigitInspector
from gearsbook.explorables.digit_training import DigitTraining
from gearsbook.explorables.draw_digit import DrawDigit
from gearsbook.explorables.inside_network import InsideNetwork
from gearsbook.explorables.lehmer import Lehmer
from gearsbook.explorables.matmul_stepper import MatmulStepper
from gearsbook.explorables.playground import Playground
from gearsbook.explorables.quiz import Quiz
from gearsbook.explorables.rank_ladder import RankLadder
from gearsbook.explorables.reshape_transpose import ReshapeTranspose
from gearsbook.explorables.secant_tangent import SecantTangent
from gearsbook.explorables.slice_explorer import SliceExplorer
from gearsbook.explorables.split_batch import SplitBatch
from gearsbook.explorables.unfolding_sheet import UnfoldingSheet

__all__ = [
    "BatchWalker",
    "Broadcasting",
    "ComputationGraph",
    "DensePlane",
    "Descent",
    "DigitInspector",
    "DigitTraining",
    "DrawDigit",
    "InsideNetwork",
    "Lehmer",
    "MatmulStepper",
    "Playground",
    "Quiz",
    "RankLadder",
    "ReshapeTranspose",
    "SecantTangent",
    "SliceExplorer",
    "SplitBatch",
    "UnfoldingSheet",
]
