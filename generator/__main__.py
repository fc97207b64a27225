"""Entry point of `python -m generator` and of the command `citewire`."""

import os
import sys

from generator.memory import want_of_memory


def begin() -> None:
    """Run the command. If there is not enough memory to import it, say so using as little as possible."""
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
