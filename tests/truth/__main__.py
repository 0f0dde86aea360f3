"""Print the table of figures; exit 1 if one is missed. What was wrong goes to stderr."""

import sys

from tests.truth.figures import TABLE, table

found = [figure for measure in TABLE for figure in measure()]
print("\n".join(table(found)))
print("look-up among 1,000,000 names: see benchmarks/README.md, which `make benchmarks` measures")
for figure in found:
    for text in figure.wrong:
        print(f"{figure.what.strip()}: {text}", file=sys.stderr)
sys.exit(not all(figure.met for figure in found))
