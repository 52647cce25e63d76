"""Check that zarr-python reads the arrays of a directory as their writer meant them.

    check_zarr.py DIR

DIR is the root of a hierarchy with a manifest.json beside its root group: a list of objects with path, dtype, shape and
sha256 (the first half, in hexadecimal, of the digest of the little-endian elements in C order). Also walks the hierarchy
from its root, so that a missing group document shows. Needs zarr and homeobox (which brings the bit-packing codec).
Exit status 1 and a line per difference where something differs.
"""

import hashlib
import json
import sys
from pathlib import Path

import homeobox  # noqa: F401  registers homeobox.bitpacking
import numpy as np
import zarr


def difference(group: zarr.Group, expected: dict) -> str | None:
    try:
        array = group[expected["path"]]
        values = np.ascontiguousarray(array[...])
    except Exception as error:  # every failure is a finding
        return f"{type(error).__name__}: {error}"
    values = values.astype(values.dtype.newbyteorder("<"))
    actual = {
        "dtype": values.dtype.name,
        "shape": list(values.shape),
        "sha256": hashlib.sha256(values.tobytes()).hexdigest()[:32],
    }
    differences = [f"{key} {actual[key]} != {expected[key]}" for key in actual if actual[key] != expected[key]]
    return ", ".join(differences) or None


def main(directory: Path) -> int:
    manifest = json.loads((directory / "manifest.json").read_text())
    root = zarr.open_group(directory, mode="r")
    found = {name for name, member in root.members(max_depth=None) if isinstance(member, zarr.Array)}
    failures = 0
    for expected in manifest:
        reason = difference(root, expected)
        if reason is None and expected["path"] not in found:
            reason = "not found from the root group"
        if reason is not None:
            failures += 1
            print(f"{expected['path']}: {reason}")
    print(f"{len(manifest) - failures} of {len(manifest)} arrays are as written")
    return 1 if failures or not manifest else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
