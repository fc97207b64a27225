"""Pages as readers see them, in a real browser."""
