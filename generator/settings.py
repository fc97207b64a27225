"""Take the typed settings of a capability out of an option of the plugin, and report all mistakes at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from generator.model.address import web_fault
from generator.texts.slips import likely


class SettingsError(Exception):
    """The settings of a capability are wrong. Each fault becomes a line for the user that names the file."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("\n".join(f"mkdocs.yml: {fault}" for fault in faults))


class Settings:
    """Takes settings out of a mapping one by one, by name, and notes what is wrong with them.

    A missing or wrong setting gets the value `usual`; `needed` ones must be given. Call `refuse_faults` at the end.
    """

    def __init__(self, name: str, given: Mapping[Any, Any], faults: list[str] | None = None) -> None:
        """`name` is the option's name for the user; faults are added to `faults`."""
        self._name, self._given = name, dict(given)
        self.faults: list[str] = [] if faults is None else faults
        self._asked: list[str] = []
        self._inner: list[Settings] = []

    @property
    def names(self) -> list[Any]:
        """The names of given settings that were not taken yet."""
        return [*self._given]

    def fault(self, name: str, what: str) -> None:
        """Note what is wrong with a setting, or with the whole mapping if the name is empty."""
        self.faults.append(f"`{self._name}{f'.{name}' if name else ''}` {what}")

    def take(self, name: Any) -> Any:
        """The value given for a setting, of any type; None if there is none."""
        self._asked.append(str(name))
        return self._given.pop(name, None)

    def text(self, name: str, usual: str = "", *, needed: bool = False, like: str = "") -> str:
        """A text; a blank one is as good as none. `like` is an example for whoever must give one."""
        value = self.take(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not None and not isinstance(value, str):
            self.fault(name, "is not a text")
        elif needed:
            self.fault(name, f"is missing: write it as {like}" if like else "is missing")
        return usual

    def web(self, name: str, usual: str = "", *, needed: bool = False) -> str:
        """An address of the web."""
        text = self.text(name, usual, needed=needed)
        if text and (fault := web_fault(text)):
            self.fault(name, f"is `{text}`, which is not an address of the web: {fault}")
        return text

    def choice(self, name: str, known: Collection[str], usual: str | None = None) -> str:
        """One of the known words; required if there is no `usual` one."""
        value = self.take(name)
        value = usual if value is None else value
        if value not in list(known):
            self.fault(name, f"{'is missing' if value is None else f'is `{value}`'}; it can be {', '.join(known)}")
        return str(value)

    def switch(self, name: str, usual: bool = False) -> bool:
        """True or false."""
        value = self.take(name)
        if value is not None and not isinstance(value, bool):
            self.fault(name, "is neither true nor false")
        return usual if value is None else bool(value)

    def whole(self, name: str, usual: int, least: float, most: float) -> int:
        """A whole number within bounds."""
        return int(self._within(name, usual, (least, most), "a whole number", int))

    def number(self, name: str, usual: float, least: float, most: float) -> float:
        """A number within bounds."""
        return self._within(name, usual, (least, most), "a number", (int, float))

    def _within(self, name: str, usual: float, bounds: tuple[float, float], what: str, kinds: Any) -> float:
        value = self.take(name)
        if value is None:
            return usual
        if isinstance(value, kinds) and not isinstance(value, bool) and bounds[0] <= value <= bounds[1]:
            return float(value) if isinstance(value, float) else int(value)
        self.fault(name, f"is `{value}`; it must be {what} from {bounds[0]} to {bounds[1]}")
        return usual

    def several(self, name: str) -> list[Any]:
        """A list of anything."""
        value = self.take(name)
        if isinstance(value, list):
            return value
        if value is not None:
            self.fault(name, "is not a list")
        return []

    def inner(self, name: Any, *, needed: bool = False) -> Settings | None:
        """The settings of a nested mapping; None if there is none."""
        value = self.take(name)
        if isinstance(value, dict):
            self._inner.append(Settings(f"{self._name}.{name}", value, self.faults))
            return self._inner[-1]
        if value is not None or needed:
            self.fault(name, "is not a mapping")
        return None

    def note_strangers(self) -> None:
        """Note a fault for every setting that was not taken."""
        for name in map(str, self._given):
            near = likely(name, self._asked)
            there = f"did you mean `{near}`?" if near else f"there are {', '.join(self._asked)}"
            self.fault(name, f"is not a setting: {there}")
        for inner in self._inner:
            inner.note_strangers()


def refuse_faults(*options: Settings) -> None:
    """Raise `SettingsError` with all faults, if there are any."""
    for option in options:
        option.note_strangers()
    if faults := [fault for option in options for fault in option.faults]:
        raise SettingsError(faults)
