"""Shared machinery of the golden generator: the number formula, JSON text, and the runner of layer cases."""
