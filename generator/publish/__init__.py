"""Stage six: artifacts become files, whole and in a safe order."""
