"""Times homeobox's add_from_anndata of one h5ad file into a new atlas; prints one line of JSON.

usage: ingest_homeobox.py FILE ATLAS memory|backed     reads the file whole first, or row batch by row batch
       ingest_homeobox.py FILE ATLAS empty             only makes the atlas, with the file's features registered
"""

import time

launched = time.time()

import json
import os
import resource
import shutil
import sys

import anndata as ad
import homeobox as hox
import obstore
import polars as pl
from homeobox.ingestion import add_from_anndata
from homeobox.pointer_types import SparseZarrPointer
from homeobox.schema import DatasetSchema, FeatureBaseSchema, HoxBaseSchema, PointerField


class Gene(FeatureBaseSchema):
    gene_name: str | None = None


class Cell(HoxBaseSchema):
    gene_expression: SparseZarrPointer | None = PointerField.declare(
        feature_space="gene_expression", feature_registry_schema=Gene
    )
    cell_type: str | None = None


def new_atlas(root, file):
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(f"{root}/zarr_store")
    store = obstore.store.LocalStore(f"{root}/zarr_store")
    atlas = hox.RaggedAtlas.create(
        root, {"cells": Cell}, "datasets", DatasetSchema, store=store, registry_schemas={"gene_expression": Gene}
    )
    var = ad.read_h5ad(file, backed="r").var
    atlas.register_features("gene_expression", pl.from_pandas(var[["uid", "gene_name"]]))
    return atlas


def array_bytes(group):
    files = (os.path.join(folder, name) for folder, _, names in os.walk(group) for name in names)
    return sum(os.path.getsize(file) for file in files)


def main(file, root, mode):
    atlas = new_atlas(root, file)
    if mode == "empty":
        return
    record = DatasetSchema(dataset_uid="dataset000000000", zarr_group="benchmark", feature_space="gene_expression")
    imported = time.time()
    started = time.perf_counter()
    cells = add_from_anndata(
        atlas,
        file,
        field_name="gene_expression",
        zarr_layer="counts",
        dataset_record=record,
        backed="r" if mode == "backed" else None,
    )
    seconds = time.perf_counter() - started
    entries = ad.read_h5ad(file, backed="r").X._indptr[-1]
    print(
        json.dumps(
            {
                "what": f"homeobox add_from_anndata, {'backed' if mode == 'backed' else 'in memory'}",
                "seconds": round(seconds, 3),
                "startSeconds": round(imported - launched, 3),
                "cells": cells,
                "nonZeros": int(entries),
                "arrayBytes": array_bytes(f"{root}/zarr_store/benchmark"),
                "peakRssMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
