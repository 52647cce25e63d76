"""Prints what anndata sees in h5ad files and Zarr stores as JSON, a line per file: shapes, types and digests of tables and matrices.

Digests are SHA-256 over little-endian bytes, so equal digests mean bit-equal values. Matrices are brought to
canonical CSR first (indices ascending, duplicates summed; zeros of dense ones dropped).
"""

import hashlib
import json
import sys
import warnings

import anndata
import numpy as np
import pandas as pd
import scipy.sparse as sp
import zarr

warnings.filterwarnings("ignore")


def digest(*parts):
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part)
    return sha.hexdigest()


def text_bytes(values):
    out = bytearray()
    for value in values:
        if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
            out += b"\x01"
        else:
            out += str(value).encode("utf-8") + b"\x00"
    return bytes(out)


def number_bytes(values):
    values = np.ascontiguousarray(values)
    return values.astype(values.dtype.newbyteorder("<")).tobytes()


def column(name, series):
    array = series.array
    if isinstance(series.dtype, pd.CategoricalDtype):
        return {
            "name": name,
            "kind": "CATEGORICAL",
            "ordered": bool(array.ordered),
            "digest": digest(number_bytes(array.codes.astype("int32")), text_bytes(array.categories)),
        }
    if hasattr(array, "_mask") and array.dtype.kind in "iubf":
        data = array._data.copy()
        data[array._mask] = 0
        return {
            "name": name,
            "kind": "BOOL" if data.dtype == bool else "FLOAT" if data.dtype.kind == "f" else "INTEGER",
            "type": data.dtype.name,
            "digest": digest(number_bytes(data), number_bytes(array._mask)),
        }
    if series.dtype.kind in "iufb":
        data = series.to_numpy()
        if data.dtype == "float16":  # hox has no halves
            data = data.astype("float32")
        kind = "BOOL" if data.dtype == bool else "FLOAT" if data.dtype.kind == "f" else "INTEGER"
        return {"name": name, "kind": kind, "type": data.dtype.name, "digest": digest(number_bytes(data))}
    return {"name": name, "kind": "STRING", "digest": digest(text_bytes(series))}


def frame(df):
    return {
        "index": digest(text_bytes(df.index)),
        "columns": [column(str(name), df[name]) for name in df.columns],
    }


def matrix(x):
    if sp.issparse(x):  # SciPy computes with native index types only
        kind = sp.csr_matrix if x.format == "csr" else sp.csc_matrix
        x = kind((x.data, x.indices.astype("int64"), x.indptr.astype("int64")), shape=x.shape)
    csr = sp.csr_matrix(x)
    if not csr.has_canonical_format:
        csr.sum_duplicates()
    return {
        "rows": csr.shape[0],
        "columns": csr.shape[1],
        "entries": int(csr.nnz),
        "type": csr.dtype.name,
        "digest": digest(
            number_bytes(csr.indptr.astype("int64")), number_bytes(csr.indices.astype("int32")), number_bytes(csr.data)
        ),
    }


def read(path):
    if path.endswith(".h5ad"):
        return anndata.read_h5ad(path)
    if path.endswith(".zip"):
        return anndata.io.read_zarr(zarr.storage.ZipStore(path, mode="r"))
    return anndata.io.read_zarr(path)


def description(adata):
    matrices = {}
    if adata.X is not None:
        matrices["X"] = matrix(adata.X)
    for name, layer in adata.layers.items():
        if name is None:  # X itself, since anndata 0.13
            continue
        matrices["layers/" + name] = matrix(layer)
    result = {"obs": frame(adata.obs), "var": frame(adata.var)}
    if adata.raw is not None:
        matrices["raw/X"] = matrix(adata.raw.X)
        result["rawVar"] = frame(adata.raw.var)
    result["matrices"] = matrices
    return result


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        print(json.dumps(description(read(argument))))
