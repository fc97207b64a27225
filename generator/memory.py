"""Know an error that comes of a want of memory, whoever has noticed it: Python, the system, or nobody."""

from errno import ENOMEM

_NO_ROOM = "failed to map segment"
"""What the system's loader of programs says where there is no memory for one (or its disk may run none)."""
_NO_WORDS = ("without exception set", "without setting an exception")
"""What Python says of code that has failed without a word: where it had no memory to make the error."""


def want_of_memory(error: Exception) -> str:
    """What to tell the user of such an error; empty for any other."""
    if isinstance(error, ImportError):
        loaded = f"a part of the program cannot be loaded, perhaps for want of memory: {error}"
        return loaded if _NO_ROOM in str(error) else ""
    is_it = error.errno == ENOMEM if isinstance(error, OSError) else str(error).endswith(_NO_WORDS)
    return "there is not enough memory; what was begun is not done" if is_it or isinstance(error, MemoryError) else ""
