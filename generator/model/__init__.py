"""The values that all stages work with: frozen, and without input or output."""
