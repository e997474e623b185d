"""Counts the tests of meson's logs, shows what failed, and ends with a line "N passed, N failed"."""

import json
import re
import sys

passed, failed = 0, 0
for path in sys.argv[1:]:
    try:
        with open(path, encoding="utf-8") as log:
            programs = [json.loads(line) for line in log]
    except FileNotFoundError:
        print(f"{path} is missing: the tests did not run")
        failed += 1
        continue
    for program in programs:
        lines = program.get("stdout", "").splitlines()
        good = [line for line in lines if re.match(r"ok \d+", line) and "# SKIP" not in line]
        bad = [line for line in lines if re.match(r"not ok \d+", line)]
        passed += len(good)
        failed += len(bad)
        if bad or program["result"] not in ("OK", "EXPECTEDFAIL", "SKIP"):
            if not bad:
                failed += 1
            print(f"{path.split('/')[1]}: {program['name']}: {program['result']}")
            for line in bad:
                print(f"  {line}")
            print("\n".join("  " + line for line in program.get("stderr", "").splitlines()[-25:]))
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
