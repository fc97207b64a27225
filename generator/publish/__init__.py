"""Artifacts become files, whole and in a safe order."""
