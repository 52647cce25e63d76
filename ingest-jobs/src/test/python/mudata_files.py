"""MuData files and what is in them, told without the mudata package.

    mudata_files.py make DIR      writes files whose modalities have some of the cells, in other orders
    mudata_files.py dump FILE...  prints what is in files, as dump_anndata.py does of AnnData
"""

import json
import sys
import warnings
from pathlib import Path

import anndata
import h5py
import numpy as np
import pandas as pd
import scipy.sparse as sp
import zarr
from anndata.io import read_elem, write_elem

import dump_anndata

warnings.filterwarnings("ignore")
anndata.settings.allow_write_nullable_strings = True
N = 500


def modality(cells, features, columns, seed):
    n = len(cells)
    x = sp.random(n, features, 0.3, format="csr", random_state=seed, dtype="float32")
    obs = pd.DataFrame({name: make(n) for name, make in columns.items()}, index=cells)
    return anndata.AnnData(X=x, obs=obs, var=pd.DataFrame(index=[f"f{i}" for i in range(features)]))


def fill(group, maps):
    rng = np.random.default_rng(3)
    names = np.array([f"cell{i}" for i in range(N)])
    shuffled = rng.permutation(names)[:300]
    prefix = names[100:450]
    modalities = {
        "rna": modality(
            shuffled,
            30,
            {
                "n_counts": lambda n: rng.integers(0, 1000, n),
                "score": lambda n: rng.normal(size=n),
                "kind": lambda n: pd.Categorical([["a", "b", None][i % 3] for i in range(n)]),
                "batch": lambda n: pd.Series([f"b{i}" for i in range(n)], index=shuffled, dtype=object),
            },
            1,
        ),
        "prot": modality(prefix, 7, {"good": lambda n: rng.random(n) < 0.5}, 2),
    }
    group.attrs.update({"encoding-type": "MuData", "encoding-version": "0.1.0", "axis": 0})
    write_elem(group, "obs", pd.DataFrame({"age": np.arange(N), "rna:score": rng.normal(size=N)}, index=names))
    group.require_group("mod").attrs["mod-order"] = ["rna", "prot"]
    for key, data in modalities.items():
        write_elem(group["mod"], key, data)
        rows = pd.Series(np.arange(1, data.n_obs + 1), index=data.obs_names).reindex(names).fillna(0)
        if maps:
            write_elem(group.require_group("obsmap"), key, rows.to_numpy().astype("uint32"))
        else:
            write_elem(group.require_group("obsm"), key, (rows > 0).to_numpy())


def make(directory):
    with h5py.File(directory / "maps.h5mu", "w") as file:
        fill(file, True)
    with h5py.File(directory / "names.h5mu", "w") as file:
        fill(file, False)
    anndata.settings.zarr_write_format = 3
    fill(zarr.open_group(directory / "maps.zarr", mode="w", zarr_format=3), True)


def element(group):
    element = read_elem(group)
    return element if isinstance(element, anndata.AnnData) else anndata.AnnData(**{k: element[k] for k in ["X", "obs", "var"]})


def missing(series, rows):
    """The values of some rows, missing where the row is -1, in types that can say so."""
    known = rows >= 0
    if isinstance(series.dtype, pd.CategoricalDtype):
        codes = np.where(known, series.cat.codes.to_numpy()[rows], -1)
        return pd.Series(pd.Categorical.from_codes(codes, dtype=series.dtype))
    values = series.to_numpy()[rows]
    if values.dtype.kind in "biuf":
        name = {"b": "boolean", "i": "Int64", "f": "Float64"}[values.dtype.kind]
        array = pd.array(values, dtype=name)
        array._mask[:] = ~known
        return pd.Series(array)
    return pd.Series(np.where(known, values, None), dtype=object)


def dump(path):
    if path.endswith(".h5mu"):
        group = h5py.File(path)
    else:
        group = zarr.open_group(zarr.storage.ZipStore(path, mode="r") if path.endswith(".zip") else path, mode="r")
    obs = read_elem(group["obs"])
    whole = list(obs.columns)
    modalities = []
    mod = group["mod"]
    for key in mod.attrs.get("mod-order", sorted(mod.keys())):
        data = element(mod[key])
        if "obsmap" in group:
            rows = group["obsmap"][key][...].astype("int64").ravel() - 1
        else:
            rows = pd.Series(np.arange(data.n_obs), index=data.obs_names).reindex(obs.index).fillna(-1)
            rows = rows.to_numpy().astype("int64")
        for name in data.obs.columns:
            if f"{key}:{name}" not in whole:
                obs[f"{key}:{name}"] = missing(data.obs[name], rows).set_axis(obs.index)
        digest = dump_anndata.digest(dump_anndata.number_bytes(rows))
        modalities.append({"key": key, "rows": digest, "data": dump_anndata.description(data)})
    print(json.dumps({"obs": dump_anndata.frame(obs), "modalities": modalities}))


if sys.argv[1] == "make":
    make(Path(sys.argv[2]))
else:
    for argument in sys.argv[2:]:
        dump(argument)
