"""Writes h5ad files with everything that anndata and h5py can put into one, into the directory of the first argument."""

import sys
import warnings
from pathlib import Path

import anndata
import h5py
import numpy as np
import pandas as pd
import scipy.sparse as sp

warnings.filterwarnings("ignore")
anndata.settings.allow_write_nullable_strings = True
directory = Path(sys.argv[1])
rng = np.random.default_rng(5)
N, M = 300, 40


def counts(dtype="float32"):
    return sp.random(N, M, 0.2, format="csr", random_state=3, data_rvs=lambda n: rng.integers(1, 100, n)).astype(dtype)


def table(n, prefix):
    return pd.DataFrame(index=[f"{prefix}{i}" for i in range(n)])


def write(name, x, obs=None, var=None, layers=None, **options):
    adata = anndata.AnnData(
        X=x, obs=table(N, "c") if obs is None else obs, var=table(M, "g") if var is None else var, layers=layers
    )
    adata.write_h5ad(directory / name, **options)


for dtype in ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64", "bool"]:
    write(f"csr_{dtype}.h5ad", counts(dtype), compression="gzip")
write("csc.h5ad", counts().tocsc(), layers={"double": counts("float64").tocsc(), "dense": counts("int64").toarray()})
write("dense_lzf.h5ad", counts("float64").toarray(), compression="lzf")
write("empty_rows.h5ad", sp.csr_matrix((N, M), dtype="float32"))
write("no_cells.h5ad", sp.csr_matrix((0, M), dtype="float32"), obs=table(0, "c"))

obs = table(N, "zelle-é-")
obs["text"] = [f"größe {i % 7}" for i in range(N)]
obs["category"] = pd.Categorical([["a", "b", None][i % 3] for i in range(N)])
obs["ordered"] = pd.Categorical([["low", "high"][i % 2] for i in range(N)], categories=["low", "high"], ordered=True)
obs["whole_categories"] = pd.Categorical([i % 5 * 10 for i in range(N)])
obs["bool"] = [i % 2 == 0 for i in range(N)]
obs["nullable_bool"] = pd.array([[True, False, None][i % 3] for i in range(N)], dtype="boolean")
obs["nullable_int"] = pd.array([i if i % 4 else None for i in range(N)], dtype="Int64")
obs["nullable_uint"] = pd.array([i % 200 if i % 4 else None for i in range(N)], dtype="UInt8")
obs["nullable_text"] = pd.array([f"t{i}" if i % 5 else None for i in range(N)], dtype="string")
obs["double"] = rng.normal(size=N)
obs["half"] = rng.normal(size=N).astype("float32")
obs["nan"] = [np.nan if i % 2 else 1.5 for i in range(N)]
obs["int16"] = np.arange(N).astype("int16")
obs["uint64"] = np.arange(N).astype("uint64") + np.uint64(2**63)
obs["many"] = pd.Categorical([f"category {i}" for i in range(N)])
obs.index.name = "barcode"
write("columns.h5ad", counts(), obs=obs, var=obs.iloc[:M].set_axis([f"gene {i}" for i in range(M)]))

with h5py.File(directory / "csr_float32.h5ad") as source, h5py.File(directory / "filters.h5ad", "w") as target:
    for key in source.keys():
        source.copy(key, target)
    target.attrs.update(source.attrs)
    x = target["X"]
    for name, options in {
        "data": dict(chunks=(57,), compression="gzip", shuffle=True, fletcher32=True),
        "indices": dict(chunks=(101,), compression="lzf", shuffle=True, dtype=">i8"),
        "indptr": dict(dtype=">u8"),
    }.items():
        values = x[name][:]
        del x[name]
        x.create_dataset(name, data=values, **options)
with h5py.File(directory / "v110.h5ad", "w", libver=("v110", "v110")) as target, h5py.File(directory / "csc.h5ad") as source:
    for key in ["obs", "var"]:
        source.copy(key, target)
    target.attrs.update(source.attrs)
    target.create_dataset(
        "X", data=source["layers/dense"][:], chunks=(7, 11), maxshape=(None, None), compression="gzip"
    )
