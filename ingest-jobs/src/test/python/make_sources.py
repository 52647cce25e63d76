"""Writes h5ad files for the tests of atlases that hox and homeobox share.

    make_sources.py DIR PBMC3K CITESEQ

Cut from real data: pbmc.h5ad and cite.h5ad (RNA with counts and log-normalised values, different panels),
protein.h5ad (antibodies, dense), more.h5ad (RNA that homeobox ingests). Made: edge_*.h5ad, groups of cells that readers
get wrong.
"""

import sys
import warnings
from pathlib import Path

import anndata as ad
import numpy as np
import pandas as pd
import scipy.sparse as sp

warnings.filterwarnings("ignore")
ad.settings.allow_write_nullable_strings = True
directory = Path(sys.argv[1])
rng = np.random.default_rng(11)


def log_normalised(counts):
    total = np.asarray(counts.sum(axis=1)).ravel()
    total[total == 0] = 1
    values = np.log1p(counts.data.astype("float64") * 1e4 / np.repeat(total, np.diff(counts.indptr)))
    return sp.csr_matrix((values.astype("float32"), counts.indices, counts.indptr), shape=counts.shape)


def rna(name, source, cells, genes):
    counts = sp.csr_matrix(source[cells, genes].X).astype("float32")
    counts.sort_indices()
    n = len(cells)
    obs = pd.DataFrame(index=[f"{name}-{barcode}" for barcode in source.obs_names[cells]])
    kinds = source.obs["louvain"].astype(str).to_numpy()[cells] if "louvain" in source.obs else np.array(["PBMC"] * n)
    obs["cell_type"] = pd.Categorical([None if i % 17 == 3 else kind for i, kind in enumerate(kinds)])
    obs["n_counts"] = np.asarray(counts.sum(axis=1)).ravel().astype("float64")
    obs["n_genes"] = np.diff(counts.indptr).astype("int64")
    mito = rng.random(n)
    mito[::9] = np.nan
    obs["percent_mito"] = mito
    obs["batch"] = [f"{name} {i % 3}" for i in range(n)]
    obs["is_train"] = rng.random(n) < 0.7
    obs["technology"] = pd.Categorical([["CITE-seq", "RNA only", None][i % 3] for i in range(n)])
    obs["rank"] = np.arange(n) - 2
    obs["kind"] = [["p", "q"][i % 2] for i in range(n)]
    obs["collected_at"] = [f"2024-02-{1 + i % 28:02d} 10:{i % 60:02d}:00.125" for i in range(n)]
    var = pd.DataFrame({"gene_name": list(genes), "n_cells": np.asarray((counts > 0).sum(axis=0)).ravel()}, index=genes)
    var["highly_variable"] = rng.random(len(genes)) < 0.3
    ad.AnnData(X=counts, obs=obs, var=var, layers={"logs": log_normalised(counts)}).write_h5ad(directory / f"{name}.h5ad")


def edge(name, rows, columns, names=None):
    """rows: a list of (column, value) pairs for each cell."""
    data = np.array([value for row in rows for _, value in row], dtype="float64")
    indices = np.array([column for row in rows for column, _ in row], dtype="int32")
    indptr = np.cumsum([0] + [len(row) for row in rows]).astype("int32")
    x = sp.csr_matrix((data, indices, indptr), shape=(len(rows), columns))
    cells = [f"{name}-{i}" for i in range(len(rows))]
    obs = pd.DataFrame({"cell": cells, "cell_type": [name] * len(rows)}, index=cells)
    var = pd.DataFrame(index=names or [f"g{i:03d}" for i in range(columns)])
    ad.AnnData(X=x, obs=obs, var=var).write_h5ad(directory / f"edge_{name}.h5ad")


pbmc = ad.read_h5ad(sys.argv[2])
cite = ad.read_h5ad(sys.argv[3])
seen = pbmc.var_names[np.asarray((pbmc.X > 0).sum(axis=0)).ravel() > 3]
shared = seen.intersection(cite.var_names)
only = seen.difference(cite.var_names)
rna("pbmc", pbmc, rng.permutation(pbmc.n_obs)[:240], rng.permutation(np.concatenate([shared[:700], only[:150]])))
rna("more", pbmc, rng.permutation(pbmc.n_obs)[:90], np.concatenate([shared[300:800], only[100:260]]))
rna("cite", cite, np.arange(150), rng.permutation(shared[200:1000]))

antibodies = [str(name) for name in cite.uns["protein_names"]]
protein = ad.AnnData(
    X=np.asarray(cite.obsm["protein_expression"])[:120].astype("float32"),
    obs=pd.DataFrame({"batch": ["adt"] * 120, "rank": range(120)}, index=[f"adt-{name}" for name in cite.obs_names[:120]]),
    var=pd.DataFrame({"protein_name": antibodies}, index=antibodies),
)
protein.write_h5ad(directory / "protein.h5ad")

edge("only_index_zero", [[(0, 7)], [(0, 8)]], 3)
edge("zeros", [[(0, 0), (1, 0)], [(2, 0)]], 3)
edge("no_entries", [[], [], []], 3)
edge("one_cell", [[(1, 4), (2, 5)]], 4)
edge("one_feature", [[(0, 3)], [], [(0, 1)]], 1)
edge("odd_names", [[(0, 1), (1, 2)], [(2, 3), (3, 4), (4, 5)], [(0, 6)]], 6, ["z-1", "Zeta", "été", "z 1", "o'alpha \"β\"", "é/ü,;%"])
edge("large", [[(0, 1), (1, 2**31)], [(2, 2**32 - 1), (3, 2**24 + 1)]], 4)
many = sp.random(40, 12, 0.7, format="csr", random_state=5)
edge("shards", [[(int(c), int(v * 99) + 1) for c, v in zip(row.indices, row.data)] for row in many], 12)
