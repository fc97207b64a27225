"""The values that all stages work with: frozen, and without I/O."""
