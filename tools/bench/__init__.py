"""How long it takes, against what others take in the same run."""
