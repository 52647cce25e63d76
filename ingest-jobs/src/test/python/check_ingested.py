"""Compares files with what came back of them through an atlas, and prints every difference.

    check_ingested.py CASES.json

A case names the source, the matrix of it, the modality (or nothing) and the h5ad file that `hox query` wrote. Cells must be
in the source's order under its names, with its columns, values, types and categories; the matrix must hold the source's
values. Exit status 1 where anything differs.
"""

import gzip
import json
import sys
import warnings
from pathlib import Path

import anndata
import h5py
import numpy as np
import pandas as pd
import scipy.io
import scipy.sparse as sp
import zarr
from anndata.io import read_elem

warnings.filterwarnings("ignore")
problems = []


def tree(path):
    if path.endswith((".h5ad", ".h5mu", ".h5")):
        return h5py.File(path)
    return zarr.open_group(zarr.storage.ZipStore(path, mode="r") if path.endswith(".zip") else path, mode="r")


def read(case):
    """Cells, features and the matrix of a source."""
    path, matrix = case["source"], case["matrix"]
    if Path(path).is_dir() and any(Path(path).glob("*matrix.mtx*")):
        return read_mtx(Path(path))
    stored = tree(path)
    if "matrix" in stored and "barcodes" in stored["matrix"]:
        return read_10x(stored["matrix"], "features/id")
    if path.endswith(".h5") and "X" not in stored:
        return read_10x(next(iter(stored.values())), "genes")
    if case.get("modality"):
        stored = stored["mod"][case["modality"]]
    if isinstance(stored.get("obs"), h5py.Dataset):
        whole = anndata.read_h5ad(path)
        part = whole.raw if matrix.startswith("raw/") else whole
        return whole.obs, part.var_names, part.X
    var = read_elem(stored["raw/var" if matrix.startswith("raw/") else "var"])
    return read_elem(stored["obs"]), var[case["key"]] if case["key"] else var.index, read_elem(stored[matrix])


def read_mtx(directory):
    def lines(*names):
        for name in names:
            for path in (directory / name, directory / f"{name}.gz"):
                if path.exists():
                    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
                        return [line.rstrip("\n").split("\t") for line in file]

    matrix = scipy.io.mmread(next(directory.glob("matrix.mtx*"))).T
    obs = pd.DataFrame(index=[line[0] for line in lines("barcodes.tsv")])
    return obs, [line[0] for line in lines("features.tsv", "genes.tsv")], matrix


def read_10x(group, features):
    rows, columns = group["shape"][:][::-1]
    matrix = sp.csr_matrix((group["data"][:], group["indices"][:], group["indptr"][:]), shape=(rows, columns))
    obs = pd.DataFrame(index=[b.decode() for b in group["barcodes"][:]])
    return obs, [b.decode() for b in group[features][:]], matrix


def same_column(what, source, result):
    if isinstance(source.dtype, pd.CategoricalDtype):
        used = set(source.dropna().unique())
        if isinstance(result.dtype, pd.CategoricalDtype) and not used <= set(result.cat.categories):
            problems.append(f"{what} has the categories {list(result.cat.categories)}, not {sorted(used)}")
    elif source.dtype.kind in "ifub" and np.dtype(widened(source.dtype)) != np.dtype(widened(result.dtype)):
        problems.append(f"{what} is {result.dtype}, not {source.dtype}")
    ours, theirs = plain(result), plain(source)
    if ours != theirs:
        where = next(i for i, pair in enumerate(zip(ours, theirs)) if pair[0] != pair[1])
        problems.append(f"{what} has {ours[where]!r} in row {where}, not {theirs[where]!r}")


def widened(dtype):
    """Tables have no unsigned numbers: they take the next wider type."""
    name = str(dtype).lower()
    return {"uint8": "int16", "uint16": "int32", "uint32": "int64", "uint64": "int64", "boolean": "bool"}.get(name, name)


def plain(series):
    return [None if pd.isna(value) else value for value in series.astype(object).tolist()]


def canonical(matrix, columns):
    csr = sp.csr_matrix(matrix)[:, columns]
    csr.sum_duplicates()
    csr.eliminate_zeros()
    csr.sort_indices()
    return csr


def check(case):
    what = f"{case['source']} {case['matrix']}"
    obs, features, matrix = read(case)
    result = anndata.read_h5ad(case["result"])
    if list(result.obs["obs_name"].astype(str)) != [str(name) for name in obs.index]:
        problems.append(f"{what}: the cells are others or in another order")
        return
    for name in obs.columns:
        column = name.replace(".", "_")
        if column not in result.obs:
            problems.append(f"{what}: the column {name} is missing")
        else:
            same_column(f"{what}: {name}", obs[name], result.obs[column])
    names = [str(name) for name in features]
    if sorted(names) != sorted(result.var_names):
        problems.append(f"{what}: the features are others")
        return
    place = {name: i for i, name in enumerate(result.var_names)}
    ours = canonical(result.X, [place[name] for name in names])
    theirs = canonical(matrix, slice(None))
    for part in ("indptr", "indices", "data"):
        if not np.array_equal(getattr(ours, part), getattr(theirs, part)):
            problems.append(f"{what}: {part} of the matrix differ")


for one in json.loads(Path(sys.argv[1]).read_text()):
    try:
        check(one)
    except Exception as error:  # one file must not hide the others
        problems.append(f"{one['source']}: {type(error).__name__}: {error}")
print("\n".join(problems))
sys.exit(1 if problems else 0)
