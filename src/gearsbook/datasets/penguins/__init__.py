"""The Palmer penguins: a real table with gaps, as a CSV file beside this module.

README.md in this folder has provenance and licence.
"""

from pathlib import Path

FILE = Path(__file__).with_name("penguins.csv")
