"""Recognise errors caused by a lack of memory, whether Python reports it, the system does, or neither."""

from errno import ENOMEM

_NO_ROOM = "failed to map segment"
"""Message of the dynamic loader when memory runs out (or the disk is mounted noexec)."""
_NO_WORDS = ("without exception set", "without setting an exception")
"""Endings of Python's message when C code fails without an exception: it had no memory to make one."""


def want_of_memory(error: Exception) -> str:
    """The message for the user if memory ran out; empty for any other error."""
    if isinstance(error, ImportError):
        loaded = f"a part of the program cannot be loaded, perhaps for want of memory: {error}"
        return loaded if _NO_ROOM in str(error) else ""
    is_it = error.errno == ENOMEM if isinstance(error, OSError) else str(error).endswith(_NO_WORDS)
    return "there is not enough memory; what was begun is not done" if is_it or isinstance(error, MemoryError) else ""
