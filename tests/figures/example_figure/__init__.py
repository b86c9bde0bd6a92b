"""The smallest figure there can be: what CONTRIBUTING's "Add a figure" leads to."""
