"""Data sets that ship with the package: nothing here ever asks the network."""
