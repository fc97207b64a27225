"""How much tracing catches: `make trust`. Ends with 1 when a target is missed."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.model.tracing import Ledger
from tests.trust.corpus import Case, sample, written
from tests.trust.slips import STRICT, Slip, slips

SEEDS, HELD_OUT_SEED = (1, 2, 3), 20260411
FIGURES_AND_QUOTATIONS, OTHERS, FLAGGED = 0.99, 0.95, 0.01


@dataclass
class Count:
    """Of the slips of one kind, and of the true claims."""

    made: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, Slip]] = field(default_factory=list)
    claims: int = 0
    flagged: int = 0


def faults(ledger: Ledger) -> Counter[tuple[str, str]]:
    return Counter(
        (sentence.text, claim.text) for sentence in ledger.sentences for claim in sentence.claims if claim.is_fault
    )


def measure(cases: Iterable[Case], seeds: Sequence[int]) -> Count:
    """Slip in everything that each seed draws, and count what comes out as a fault that was none before."""
    count = Count()
    for case in cases:
        true = case.ledger()
        known = faults(true)
        count.claims += sum(1 for _ in true.claims)
        count.flagged += known.total()
        for slip in {(s.kind, s.body): s for seed in seeds for s in slips(case, seed)}.values():
            if slip.body == case.story.body:
                continue
            count.made[slip.kind] += 1
            if faults(case.ledger(slip.body)) - known:
                count.caught[slip.kind] += 1
            else:
                count.missed.append((case.name, slip))
    return count


def share(count: Count, kinds: Iterable[str]) -> float:
    made = sum(count.made[kind] for kind in kinds)
    return sum(count.caught[kind] for kind in kinds) / made if made else 1.0


def table(name: str, count: Count) -> list[str]:
    lines = [f"{name}: {count.made.total()} slips, {count.claims} true claims", ""]
    for kind, made in count.made.items():
        lines.append(f"  {kind:<22}{count.caught[kind]:>6} of {made:>5}  {count.caught[kind] / made:>7.1%}")
    strict, others = [k for k in count.made if k in STRICT], [k for k in count.made if k not in STRICT]
    lines.append(f"  figures and quotations caught: {share(count, strict):.1%}; the others: {share(count, others):.1%}")
    lines.append(
        f"  true claims flagged: {count.flagged} of {count.claims}, {count.flagged / max(count.claims, 1):.2%}"
    )
    return [*lines, ""]


def is_met(count: Count) -> bool:
    """Whether enough of every kind is caught, so that none hides behind another."""
    wanted = {kind: FIGURES_AND_QUOTATIONS if kind in STRICT else OTHERS for kind in count.made}
    enough = all(count.caught[kind] >= wanted[kind] * made for kind, made in count.made.items())
    return enough and count.flagged <= FLAGGED * count.claims


def main() -> int:
    started = time.perf_counter()
    runs = {
        f"written stories, seeds {SEEDS}": measure(written("corpus"), SEEDS),
        "held-out stories, a held-out seed": measure(written("held-out"), (HELD_OUT_SEED,)),
        f"the sample, its passages taken for the whole, seed {SEEDS[0]}": measure(sample(), SEEDS[:1]),
    }
    for name, count in runs.items():
        print("\n".join(table(name, count)))
        if "-v" in sys.argv:
            for case, slip in count.missed:
                print(f"    missed in {case}: {slip.kind}: `{slip.was}` became `{slip.now}`")
    whole = together(runs.values())
    print("\n".join(table("all together", whole)))
    print(f"{time.perf_counter() - started:.1f} s")
    return 0 if is_met(whole) else 1


def together(counts: Iterable[Count]) -> Count:
    whole = Count()
    for count in counts:
        whole.made += count.made
        whole.caught += count.caught
        whole.claims += count.claims
        whole.flagged += count.flagged
    return whole


if __name__ == "__main__":
    sys.exit(main())
