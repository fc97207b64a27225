"""`python -m generator` is the command `citewire`; both begin here."""

import os
import sys

from generator.memory import want_of_memory


def begin() -> None:
    """Run the command. Where there is no memory to read it, that is said with as little as can be."""
    try:
        from generator.cli import main  # noqa: PLC0415 - it needs some megabytes
    except (MemoryError, SystemError, ImportError, OSError) as error:
        if not (said := want_of_memory(error)):
            raise
        os.write(2, f"citewire: {said}\n".encode())
        sys.exit(3)
    main()


if __name__ == "__main__":
    begin()
