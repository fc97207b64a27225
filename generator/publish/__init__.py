"""Write artifacts to files, atomically and in a safe order."""
