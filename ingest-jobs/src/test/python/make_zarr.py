"""Writes Zarr stores of AnnData, of both versions, with every codec that hox reads, into the directory of the first argument."""

import sys
import warnings
from pathlib import Path

import anndata
import numcodecs
import numpy as np
import pandas as pd
import scipy.sparse as sp
import zarr
from zarr.codecs import BloscCodec, GzipCodec, ZstdCodec

warnings.filterwarnings("ignore")
anndata.settings.allow_write_nullable_strings = True
directory = Path(sys.argv[1])
rng = np.random.default_rng(6)
N, M = 300, 40


def counts(dtype="float32"):
    return sp.random(N, M, 0.2, format="csr", random_state=3, data_rvs=lambda n: rng.integers(1, 100, n)).astype(dtype)


def everything():
    obs = pd.DataFrame(index=pd.Index([f"zelle-é-{i}" for i in range(N)], dtype=object))
    obs["text"] = pd.Series([f"größe {i}" for i in range(N)], index=obs.index, dtype=object)
    obs["category"] = pd.Categorical([["a", "b", None][i % 3] for i in range(N)])
    obs["ordered"] = pd.Categorical([["low", "high"][i % 2] for i in range(N)], categories=["low", "high"], ordered=True)
    obs["whole_categories"] = pd.Categorical([i % 5 * 10 for i in range(N)])
    obs["zero"] = np.where(np.arange(N) < 200, 0, np.arange(N) / 8)
    obs["bool"] = [i % 2 == 0 for i in range(N)]
    obs["nullable_bool"] = pd.array([[True, False, None][i % 3] for i in range(N)], dtype="boolean")
    obs["nullable_int"] = pd.array([i if i % 4 else None for i in range(N)], dtype="Int64")
    obs["nullable_text"] = pd.array([f"t{i}" if i % 5 else None for i in range(N)], dtype="string")
    obs["double"] = rng.normal(size=N)
    obs["nan"] = [np.nan if i % 2 else 1.5 for i in range(N)]
    obs["uint64"] = np.arange(N).astype("uint64") + np.uint64(2**63)
    obs.index.name = "barcode"
    dense = counts("int64").toarray()
    dense[100:200] = 0
    adata = anndata.AnnData(
        X=counts(),
        obs=obs,
        var=pd.DataFrame({"n": range(M)}, index=pd.Index([f"g{i}" for i in range(M)], dtype=object)),
        layers={"csc": counts("uint16").tocsc(), "dense": dense, "bool": counts("bool")},
    )
    adata.raw = anndata.AnnData(X=counts("int32"), var=pd.DataFrame(index=[f"raw{i}" for i in range(M)]))
    return adata


def write(name, version, **options):
    anndata.settings.zarr_write_format = version
    everything().write_zarr(directory / name, **options)
    return zarr.open_group(directory / name, mode="a", use_consolidated=False)


def replace(root, path, dtype=None, **options):
    """Writes an array again with other codecs."""
    old = root[path]
    values, attributes = old[...], dict(old.attrs)
    if dtype is not None:
        values = values.astype(dtype)
    del root[path]
    new = root.create_array(path, data=values, **options)
    new.attrs.update(attributes)


def unconsolidated(name):
    for document in (directory / name).glob(".zmetadata"):
        document.unlink()


write("v2.zarr", 2)
write("v3.zarr", 3)
write("v3_chunks.zarr", 3, chunks=(70, 13))
with zarr.storage.ZipStore(directory / "v3.zarr.zip", mode="w") as store:
    anndata.settings.zarr_write_format = 3
    everything().write_zarr(store)

root = write("v2_codecs.zarr", 2)
arrays = ["X/data", "X/indices", "X/indptr", "raw/X/data", "raw/X/indices", "raw/X/indptr", "layers/csc/data"]
arrays += ["layers/csc/indices", "layers/csc/indptr", "layers/bool/data", "layers/dense", "obs/double", "obs/uint64"]
compressors = [numcodecs.Zstd(3), numcodecs.GZip(5), numcodecs.Zlib(5), numcodecs.LZ4(), None]
for i, path in enumerate(arrays):
    compressor = compressors[i % len(compressors)]
    replace(root, path, compressors=compressor, filters=None, chunks=(97,) if root[path].ndim == 1 else (33, 7))
replace(root, "obs/nan", dtype=">f8", compressors=None, filters=None, chunks=(13,))
replace(root, "obs/zero", dtype="<f2", compressors=None, filters=None, chunks=(300,))
replace(root, "obs/text", dtype="<U12", compressors=numcodecs.Zstd(), filters=None, chunks=(31,))
replace(root, "var/_index", dtype="<U5", compressors=None, filters=None, chunks=(7,))
unconsolidated("v2_codecs.zarr")

for cname in ["blosclz", "lz4", "lz4hc", "zlib", "zstd"]:
    root = write(f"v2_blosc_{cname}.zarr", 2)
    for i, path in enumerate(arrays):
        # Several blocks, and one; elements that are no multiple of eight.
        codec = numcodecs.Blosc(cname, clevel=1 + i % 9, shuffle=i % 3, blocksize=[0, 1024][i % 2])
        chunks = (1203 if i % 2 else 640,) if root[path].ndim == 1 else (33, 7)
        replace(root, path, compressors=codec, filters=None, chunks=chunks)
    zarr.consolidate_metadata(root.store)

root = write("v3_codecs.zarr", 3)
for i, path in enumerate(arrays):
    codec = [BloscCodec(cname="zstd"), GzipCodec(), ZstdCodec(checksum=True), None][i % 4]
    flat = root[path].ndim == 1
    shards = None if i % 3 == 0 else (194,) if flat else (66, 21)
    replace(root, path, compressors=codec, chunks=(97,) if flat else (33, 7), shards=shards)
replace(root, "obs/text", dtype="<U12", chunks=(31,), shards=(62,))
replace(root, "obs/barcode", chunks=(50,), shards=(100,), compressors=GzipCodec())
replace(root, "obs/zero", dtype="float16", chunks=(31,))
zarr.consolidate_metadata(root.store)
