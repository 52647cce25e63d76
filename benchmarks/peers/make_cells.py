"""Writes an atlas with homeobox that is all cell table: pointers to arrays that nobody reads, one snapshot.

usage: make_cells.py ATLAS [CELLS]     (10000000)
"""

import os
import shutil
import sys

import homeobox as hox
import numpy as np
import obstore
import pyarrow as pa
from homeobox.schema import DatasetSchema

from make_atlas import Cell, Gene

BLOCK = 1_000_000
TYPES = np.array(["T", "B", "NK", "Mono", "DC", "Platelet", "Erythrocyte", "Plasma"])
DONORS = np.array([f"donor {i}" for i in range(40)])


def rows(schema, start, n, rng):
    """A block of cells in the column order of the table."""
    number = np.arange(start, start + n)
    begin = pa.array(number * 1000)
    pointer = pa.StructArray.from_arrays(
        [
            {"zarr_group": pa.repeat("group", n), "start": begin, "end": pa.array(number * 1000 + 1000)}.get(
                field.name, pa.array(number)
            )
            for field in schema.field("gene_expression").type
        ],
        fields=list(schema.field("gene_expression").type),
    )
    known = {
        "uid": pa.array([f"{i:016d}" for i in number]),
        "dataset_uid": pa.repeat("dataset", n),
        "gene_expression": pointer,
        "cell_type": pa.array(TYPES[rng.integers(0, len(TYPES), n)]),
        "donor": pa.array(DONORS[rng.integers(0, len(DONORS), n)]),
        "draw": pa.array(rng.integers(0, 20, n)),
    }
    return pa.table([known[field.name].cast(field.type) for field in schema], schema=schema)


def main(root, cells):
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(f"{root}/zarr_store")
    store = obstore.store.LocalStore(f"{root}/zarr_store")
    atlas = hox.RaggedAtlas.create(
        root, {"cells": Cell}, "datasets", DatasetSchema, store=store, registry_schemas={"gene_expression": Gene}
    )
    table = atlas.db.open_table("cells")
    rng = np.random.default_rng(1)
    for start in range(0, cells, BLOCK):
        table.add(rows(table.schema, start, min(BLOCK, cells - start), rng))
    atlas.refresh()
    atlas.snapshot()
    print(f"{root}: {cells:,} cells", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000_000)
