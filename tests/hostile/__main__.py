"""The campaign as a command: ``python -m tests.hostile`` runs all of it, ``--count 200`` a part, ``films:17`` one input.

It says what became of all inputs, and ends with 1 where anything is amiss. Run it as somebody without rights.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.hostile import campaign, kills
from tests.hostile.surfaces import SURFACES


def chosen(count: int | None, named: list[str], seed: int, *, rights: bool) -> list[tuple[str, int]]:
    """The inputs to run: those that are named, else so many of all, else all. Whoever has rights could lose /dev/null."""
    surfaces = {name: many for name, (_, many) in SURFACES.items() if name != "paths" or not rights}
    every = [(surface, number) for surface, many in surfaces.items() for number in range(many)]
    if named:
        wanted = [one.partition(":") for one in named]
        return [
            one for one in every if any(one[0] == name and number in ("", str(one[1])) for name, _, number in wanted)
        ]
    return every if count is None else random.Random(seed).sample(every, count)


def main() -> int:
    """Run what was asked for and say how it went."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("inputs", nargs="*", help="films:17 for one, films for a surface; all if none is given")
    parser.add_argument("--count", type=int, help="so many of all, chosen by the seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--verbose", action="store_true", help="say of each what it said")
    parser.add_argument("--kills", action="store_true", help="kill runs, too, at every step and at any time")
    asked = parser.parse_args()
    begun_s, rights = time.monotonic(), not campaign.become_nobody()
    with tempfile.TemporaryDirectory(prefix="hostile-", ignore_cleanup_errors=True) as folder:
        base, work = Path(folder) / "base", Path(folder) / "work"
        work.mkdir()
        campaign.load()
        child = os.fork()
        if child == 0:
            from tests.hostile.base import make

            make(base)
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            print("what the inputs are made of could not be made")
            return 1
        cases = []
        for surface, number in chosen(asked.count, asked.inputs, asked.seed, rights=rights):
            case = campaign.run(surface, number, base, work)
            cases.append(case)
            if case.amiss or asked.verbose:
                print(f"{case.name} {case.arguments} ({case.code}, {case.seconds:.1f} s): {'; '.join(case.amiss)}")
                if asked.verbose:
                    print(case.said[-2000:])
                sys.stdout.flush()
        tell(cases, time.monotonic() - begun_s)
        amiss = any(case.amiss for case in cases)
        for how in (lambda: kills.at_every_step(work), lambda: kills.at_any_time(base, work)) if asked.kills else ():
            many, wrong = how()
            print(f"{many} kills, {len(wrong)} of them amiss", *wrong, sep="\n  ")
            amiss = amiss or bool(wrong)
    return int(amiss)


def tell(cases: list[campaign.Case], seconds: float) -> None:
    """The figures."""
    user = "root, and so without the surface of paths" if os.geteuid() == 0 else f"user {os.geteuid()}"
    print(f"{len(cases)} inputs in {seconds:.0f} s, as {user}")
    for surface in SURFACES:
        mine = [case for case in cases if case.name.startswith(f"{surface}:")]
        codes = Counter(case.code for case in mine)
        if mine:
            told = ", ".join(f"{code}: {many}" for code, many in sorted(codes.items()))
            longest, most = max(case.seconds for case in mine), max(case.most_bytes for case in mine)
            print(f"  {surface:13} {len(mine):4}  exit codes {told}; longest {longest:.1f} s; most {most / 1e6:.0f} MB")
    amiss = [word for case in cases for word in case.amiss]
    for kind in ("exit code", "it took more", "it took ", "Traceback", "Warning", "no sentence", "lost", "left behind"):
        many = sum(word.startswith(kind) and not (kind == "it took " and "more" in word) for word in amiss)
        print(f"  {kind.strip():13} {many}")


if __name__ == "__main__":
    sys.exit(main())
