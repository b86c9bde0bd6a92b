"""Interactive figures: a folder each, with one module of JavaScript in a few files.

A figure is alive in JupyterLab and, without a kernel, on the book's pages. CONTRIBUTING.md says
how to add one.
"""

from gearsbook.explorables.batch_walker import BatchWalker as BatchWalker
from gearsbook.explorables.broadcasting import Broadcasting as Broadcasting
from gearsbook.explorables.computation_graph import ComputationGraph as ComputationGraph
from gearsbook.explorables.dense_plane import DensePlane as DensePlane
from gearsbook.explorables.descent import Descent as Descent
from gearsbook.explorables.digit_inspector import DigitInspector as DigitInspector
from gearsbook.explorables.digit_training import DigitTraining as DigitTraining
from gearsbook.explorables.draw_digit import DrawDigit as DrawDigit
from gearsbook.explorables.inside_network import InsideNetwork as InsideNetwork
from gearsbook.explorables.lehmer import Lehmer as Lehmer
from gearsbook.explorables.matmul_stepper import MatmulStepper as MatmulStepper
from gearsbook.explorables.playground import Playground as Playground
from gearsbook.explorables.quiz import Quiz as Quiz
from gearsbook.explorables.rank_ladder import RankLadder as RankLadder
from gearsbook.explorables.reshape_transpose import ReshapeTranspose as ReshapeTranspose
from gearsbook.explorables.secant_tangent import SecantTangent as SecantTangent
from gearsbook.explorables.slice_explorer import SliceExplorer as SliceExplorer
from gearsbook.explorables.split_batch import SplitBatch as SplitBatch
from gearsbook.explorables.unfolding_sheet import UnfoldingSheet as UnfoldingSheet
