"""homeobox ingests another h5ad file into the atlas that hox made, optimizes and makes a snapshot.

    extend_atlas.py ATLAS FILE.h5ad
"""

import datetime as dt
import enum
import sys
import warnings

import anndata as ad
import homeobox as hox
import obstore
import pandas as pd
import polars as pl
from homeobox.ingestion import add_from_anndata
from homeobox.pointer_types import DenseZarrPointer, SparseZarrPointer
from homeobox.schema import DatasetSchema, HoxBaseSchema, PointerField

warnings.filterwarnings("ignore")


class Technology(enum.StrEnum):
    citeseq = "CITE-seq"
    rna_only = "RNA only"


class Cell(HoxBaseSchema):
    gene_expression: SparseZarrPointer | None = PointerField.declare(feature_space="gene_expression")
    protein: DenseZarrPointer | None = PointerField.declare(feature_space="protein_abundance")
    obs_name: str | None = None
    cell_type: str | None = None
    n_counts: float | None = None
    n_genes: int | None = None
    percent_mito: float | None = None
    batch: str
    is_train: bool | None = None
    technology: Technology | None = None
    collected_at: dt.datetime | None = None


class Dataset(DatasetSchema):
    title: str | None = None


path, file = sys.argv[1:]
atlas = hox.RaggedAtlas.open(
    path, obs_schemas={"cells": Cell}, dataset_table_name="datasets", store=obstore.store.LocalStore(f"{path}/zarr_store")
)
adata = ad.read_h5ad(file)
adata.obs["uid"] = [f"homeobox-{name}" for name in adata.obs_names]
adata.obs["dataset_uid"] = "more"
adata.obs["obs_name"] = adata.obs_names
adata.obs["collected_at"] = pd.to_datetime(adata.obs["collected_at"].astype(str))
for name in ("cell_type", "technology"):
    adata.obs[name] = adata.obs[name].astype(object).where(adata.obs[name].notna(), None)
var = adata.var[["gene_name", "n_cells", "highly_variable"]].copy()
var.insert(0, "uid", adata.var_names)
adata.var = var
new = atlas.register_features("gene_expression", pl.from_pandas(var.reset_index(drop=True)))
added = add_from_anndata(
    atlas,
    adata,
    field_name="gene_expression",
    zarr_layer="counts",
    layer_mapping={"logs": "log_normalized"},
    dataset_record=Dataset(dataset_uid="more", zarr_group="more/rna", feature_space="gene_expression", title="by homeobox"),
    obs_table_name="cells",
)
atlas.optimize()
print(f"{new} new features, {added} cells, findings {atlas.validate()}, snapshot {atlas.snapshot()}")
