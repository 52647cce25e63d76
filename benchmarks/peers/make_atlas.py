"""Writes an atlas with homeobox: counts of cells x genes, several datasets with one panel, one snapshot.

usage: make_atlas.py ATLAS [CELLS GENES DENSITY]   (100000 20000 0.05)
"""

import os
import shutil
import sys
import time

import anndata as ad
import homeobox as hox
import numpy as np
import obstore
import pandas as pd
import polars as pl
import scipy.sparse as sp
from homeobox.ingestion import add_from_anndata
from homeobox.pointer_types import SparseZarrPointer
from homeobox.schema import DatasetSchema, FeatureBaseSchema, HoxBaseSchema, PointerField, StableUIDField

DATASETS = 4
BLOCK = 1000


class Gene(FeatureBaseSchema):
    gene_name: str | None = StableUIDField.declare()


class Cell(HoxBaseSchema):
    gene_expression: SparseZarrPointer | None = PointerField.declare(
        feature_space="gene_expression", feature_registry_schema=Gene
    )
    cell_type: str | None = None
    donor: str | None = None
    draw: int | None = None


def counts(cells, genes, density, rng):
    """Genes of very different frequency, library sizes of log-normal spread, geometric counts."""
    frequency = rng.beta(0.6, 0.6 * (1 / density - 1), genes)
    blocks = []
    for start in range(0, cells, BLOCK):
        size = rng.lognormal(0, 0.3, (min(BLOCK, cells - start), 1)).astype(np.float32)
        seen = rng.random((len(size), genes), dtype=np.float32) < frequency.astype(np.float32) * size
        block = sp.csr_matrix(seen, dtype=np.float32)
        block.data = rng.geometric(0.6, block.nnz).astype(np.float32)
        blocks.append(block)
    return sp.vstack(blocks, format="csr")


def main(root, cells, genes, density):
    started = time.time()
    rng = np.random.default_rng(1)
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(f"{root}/zarr_store")
    store = obstore.store.LocalStore(f"{root}/zarr_store")
    atlas = hox.RaggedAtlas.create(
        root, {"cells": Cell}, "datasets", DatasetSchema, store=store, registry_schemas={"gene_expression": Gene}
    )
    names = [f"G{i:05d}" for i in range(genes)]
    registry = pd.DataFrame({"uid": [f"g{i:015d}" for i in range(genes)], "gene_name": names})
    atlas.register_features("gene_expression", pl.from_pandas(registry))
    stored = 0
    for number in range(DATASETS):
        n = cells // DATASETS
        uid = f"dataset{number:09d}"
        x = counts(n, genes, density, rng)
        stored += x.nnz
        obs = pd.DataFrame(index=[f"{number}_{i}" for i in range(n)])
        obs["uid"] = [f"{number:04d}{i:012d}" for i in range(n)]
        obs["dataset_uid"] = uid
        obs["cell_type"] = rng.choice(["T", "B", "NK", "Mono"], n)
        obs["donor"] = rng.choice([f"donor {i}" for i in range(8)], n)
        obs["draw"] = rng.integers(0, 20, n)
        var = registry.copy()
        var.index = names
        record = DatasetSchema(dataset_uid=uid, zarr_group=f"part_{number}", feature_space="gene_expression")
        add_from_anndata(
            atlas, ad.AnnData(X=x, obs=obs, var=var), field_name="gene_expression", zarr_layer="counts",
            dataset_record=record,
        )
    atlas.optimize()
    atlas.snapshot()
    print(f"{root}: {stored:,} counts in {time.time() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    sizes = sys.argv[2:] or ["100000", "20000", "0.05"]
    main(sys.argv[1], int(sizes[0]), int(sizes[1]), float(sizes[2]))
