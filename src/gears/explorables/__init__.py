"""Interactive figures: a folder each, with one module of JavaScript in a few files.

A figure is alive in JupyterLab and, without a kernel, on the book's pages. CONTRIBUTING.md says
how to add one.
"""

from gears.explorables.batch_walker import BatchWalker
from gears.explorables.broadcasting import Broadcasting
from gears.explorables.computation_graph import ComputationGraph
from gears.explorables.dense_plane import DensePlane
from gears.explorables.descent import Descent
from gears.explorables.digit_inspector import DigitInspector
from gears.explorables.digit_training import DigitTraining
from gears.explorables.draw_digit import DrawDigit
from gears.explorables.inside_network import InsideNetwork
from gears.explorables.lehmer import Lehmer
from gears.explorables.matmul_stepper import MatmulStepper
from gears.explorables.playground import Playground
from gears.explorables.quiz import Quiz
from gears.explorables.rank_ladder import RankLadder
from gears.explorables.reshape_transpose import ReshapeTranspose
from gears.explorables.secant_tangent import SecantTangent
from gears.explorables.slice_explorer import SliceExplorer
from gears.explorables.split_batch import SplitBatch
from gears.explorables.unfolding_sheet import UnfoldingSheet

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
