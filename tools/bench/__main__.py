"""Run all the benches, or the one that is named: `python -m tools bench [NAME [ARGUMENTS]]`."""

import subprocess
import sys

NAMES = ("cold", "growth", "verify", "live", "pages", "figures", "training")

if __name__ == "__main__":
    named = sys.argv[1:]
    if named and named[0] not in NAMES:
        sys.exit(f"There is no bench {named[0]!r}: name one of {', '.join(NAMES)}")
    for name, *arguments in [named] if named else [[name] for name in NAMES]:
        print(flush=True)
        done = subprocess.run([sys.executable, "-m", f"tools.bench.{name}", *arguments])
        if done.returncode:
            sys.exit(done.returncode)
