"""A series and a sound that were recorded, as plain files: pages read them with ordinary tools.

README.md in this folder has provenance and licences.
"""

from pathlib import Path

CO2 = Path(__file__).with_name("co2.csv")
VOICE = Path(__file__).with_name("voice.wav")
