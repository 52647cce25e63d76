"""Prints what h5py and SciPy see in 10x files as JSON, a line per dataset, in the manner of dump_anndata.py.

An argument is an HDF5 file, a directory with a matrix in text, or HDF5_FILE::GENOME.
"""

import gzip
import json
import sys
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import scipy.io
import scipy.sparse as sp

from dump_anndata import frame, matrix


def text(dataset):
    return [value.decode("utf-8") for value in dataset[:]]


def read_v3(group):
    features = group["features"]
    ids = text(features["id"])
    columns = {"gene_ids": ids, "gene_symbols": text(features["name"]), "feature_types": text(features["feature_type"])}
    columns["genome"] = text(features["genome"])
    others = set(features) - {"id", "name", "feature_type", "genome", "_all_tag_keys"}
    columns.update({name: text(features[name]) for name in sorted(others)})
    return pd.DataFrame(columns, index=ids)


def read_v2(group, genome):
    ids = text(group["genes"])
    return pd.DataFrame({"gene_ids": ids, "gene_symbols": text(group["gene_names"]), "genome": genome}, index=ids)


def read_h5(path):
    with h5py.File(path) as file:
        for genome, group in file.items():
            var = read_v3(group) if "features" in group else read_v2(group, genome)
            shape = group["shape"][:][::-1]
            x = sp.csr_matrix((group["data"][:], group["indices"][:], group["indptr"][:]), shape=shape)
            yield genome, text(group["barcodes"]), var, x


def lines(directory, *names):
    for name in names:
        for path in (directory / name, directory / (name + ".gz")):
            if path.exists():
                opened = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")
                with opened as file:
                    return [line.split("\t") for line in file.read().decode("utf-8").splitlines()]
    raise FileNotFoundError(directory / names[0])


def read_mtx(directory):
    features = lines(directory, "features.tsv", "genes.tsv")
    ids = [line[0] for line in features]
    columns = {"gene_ids": ids, "gene_symbols": [line[1] for line in features]}
    if len(features[0]) > 2:
        columns["feature_types"] = [line[2] for line in features]
    path = next(path for path in (directory / "matrix.mtx", directory / "matrix.mtx.gz") if path.exists())
    x = sp.csr_matrix(scipy.io.mmread(path).T)
    return "", [line[0] for line in lines(directory, "barcodes.tsv")], pd.DataFrame(columns, index=ids), x


def dump(barcodes, var, x):
    obs = pd.DataFrame(index=barcodes)
    types = var["feature_types"] if "feature_types" in var else pd.Series("", index=var.index)
    modalities = {}
    for name in dict.fromkeys(types):
        which = np.flatnonzero(types == name)
        modalities[name] = {"var": frame(var.iloc[which]), "matrix": matrix(x[:, which])}
    return {"obs": frame(obs), "modalities": modalities}


for argument in sys.argv[1:]:
    path = Path(argument)
    for part, *read in [read_mtx(path)] if path.is_dir() else read_h5(path):
        print(json.dumps({"path": str(path), "part": part, **dump(*read)}))
