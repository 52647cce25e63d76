"""Write what zarr-python reads from every array of the reference atlases as digests.

    digest_arrays.py ATLASES_DIR > connector/src/test/resources/io/hox/zarr/atlas_arrays.tsv

Columns: atlas, array path, data type, shape, first half of the SHA-256 of the little-endian elements in C order.
Needs zarr and homeobox (which brings the bit-packing codec).
"""

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

import homeobox  # noqa: F401  registers homeobox.bitpacking
import numpy as np
import zarr


def with_known_codec(array_dir: Path, scratch: Path) -> Path:
    """Give arrays of the first generation the present name of the codec: the bytes are the same."""
    text = (array_dir / "zarr.json").read_text()
    if "lancell.bitpacking" not in text:
        return array_dir
    copy = scratch / "array"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(array_dir, copy)
    (copy / "zarr.json").write_text(text.replace("lancell.bitpacking", "homeobox.bitpacking"))
    return copy


def main(atlases: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for document in sorted(atlases.glob("*/zarr_store/**/zarr.json")):
            if json.loads(document.read_text())["node_type"] != "array":
                continue
            store = atlases / document.relative_to(atlases).parts[0] / "zarr_store"
            values = zarr.open_array(with_known_codec(document.parent, Path(scratch)), mode="r")[...]
            values = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<"))
            digest = hashlib.sha256(values.tobytes()).hexdigest()[:32]
            shape = ",".join(map(str, values.shape))
            path = document.parent.relative_to(store)
            print(store.parent.name, path, values.dtype.name, shape, digest, sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
