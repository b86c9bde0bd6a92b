"""What the data in the package were made with."""
