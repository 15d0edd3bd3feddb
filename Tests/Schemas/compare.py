"""Compares what the loader and the schema said of the declarations that draw.py made.

usage: compare.py FOLDER VALIDATE.json CHECK.json SEED
"""

import json
import sys
from pathlib import Path

folder, validated, checked, seed = Path(sys.argv[1]), json.load(open(sys.argv[2])), json.load(open(sys.argv[3])), sys.argv[4]
loader, schema = {}, {}
for one in validated["diagnostics"]:
    loader.setdefault(Path(one["file"]).name, one["message"])
for one in checked.get("errors", []):
    schema.setdefault(Path(one["filename"]).name, f"{one['path']}: {one['message'][:200]}")
for one in checked.get("parse_errors", []):
    schema.setdefault(Path(one["filename"]).name, one["message"])

names = sorted(path.name for path in folder.glob("*.yaml"))
wrong = 0
for name in names:
    found = {"the loader": loader.get(name), "the schema": schema.get(name)}
    expected = name.startswith("broken")
    complaints = [f"{who} {'accepts it' if said is None else 'refuses it: ' + said}" for who, said in found.items() if (said is not None) != expected]
    if complaints:
        wrong += 1
        print(f"{name} (seed {seed}): {'; '.join(complaints)}\n{(folder / name).read_text()}", file=sys.stderr)
if wrong:
    sys.exit(f"Loader and schema differ, or are wrong, in {wrong} of {len(names)} declarations (seed {seed}).")
print(f"schemas: loader and schema say the same of {len(names)} drawn declarations (seed {seed})")
