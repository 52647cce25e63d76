"""Compares what hox answers about atlases with what homeobox answers, and prints every difference.

    compare_atlas.py ANSWERS.json...

A file holds the atlas and hox's answers: versions (lines of `hox versions`), obs (Parquet files), counts, matrices (h5ad
files). Matrices are the same when cells, features in order, registry columns and the values of all layers are; rows are
found by uid, because homeobox promises no order. The writable atlas must validate. With "training" homeobox's
training reads, its CSC copy and reads through it must agree with the matrices; with "lance" lancedb must find indexes
and tags, and its own clean-up must leave the snapshots readable. Exit status 1 where anything differs.
"""

import datetime as dt
import json
import math
import sys
import warnings
from pathlib import Path

import anndata as ad
import homeobox as hox
import lance
import lancedb
import numpy as np
import obstore
import pandas as pd
import polars as pl
import scipy.sparse as sp
import spaces
from homeobox.ingestion import add_csc

warnings.filterwarnings("ignore")
problems = []


def expect(what, actual, expected):
    if actual != expected:
        problems.append(f"{what}: hox {expected!r:.600}, homeobox {actual!r:.600}")


def plain(value):
    """Null and NaN are one: AnnData can't tell them apart in a column of floats."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, (pd.Timestamp, dt.datetime)):
        return pd.Timestamp(value).tz_localize(None).isoformat()
    return value


def column(series):
    return [plain(value) for value in series.astype(object).tolist()]


def canonical(matrix):
    csr = sp.csr_matrix(matrix)
    csr.sum_duplicates()
    csr.sort_indices()
    return csr


def same_matrix(what, ours, theirs):
    # Spark has no unsigned numbers: counts come as int32 from hox, and those that do not fit are refused.
    expect(f"{what} dtype", str(theirs.dtype).removeprefix("u"), str(ours.dtype).removeprefix("u"))
    expect(f"{what} shape", theirs.shape, ours.shape)
    ours, theirs = canonical(ours), canonical(theirs)
    theirs.eliminate_zeros()  # hox leaves stored zeros out of files, which can't tell them from unmeasured ones
    for part in ("indptr", "indices", "data"):
        if not np.array_equal(getattr(ours, part), getattr(theirs, part)):
            problems.append(f"{what} {part} differ")


def query(atlas, question):
    q = atlas.query(question.get("table"))
    if question.get("where"):
        q = q.where(question["where"])
    if question.get("field"):
        q = q.select_fields(question["field"])
    if question.get("layers"):
        q = q.layers(question["space"], question["layers"])
    if question.get("features"):
        q = q.features(question["features"], question["space"])
    if question.get("join"):
        q = q.feature_join(question["join"])
    return q


def compare_matrix(atlas, question):
    what = f"version {question['version']} " + " ".join(
        str(question[k]) for k in ("table", "field", "where", "features", "join") if question.get(k)
    )
    ours = ad.read_h5ad(question["h5ad"])
    theirs = query(atlas, question).to_anndata()
    order = theirs.obs_names.get_indexer(ours.obs_names)
    expect(f"{what} cells", sorted(theirs.obs_names), sorted(ours.obs_names))
    if (order < 0).any():
        return
    theirs = theirs[order]
    if theirs.X is None:  # no cells or no features: homeobox gives no matrix then
        expect(f"{what} is empty", 0, ours.n_obs * ours.n_vars)
        return
    expect(f"{what} features", list(theirs.var_names), list(ours.var_names))
    for name in sorted(set(theirs.var.columns) | set(ours.var.columns)):
        if name not in theirs.var or name not in ours.var:
            problems.append(f"{what} var column {name} has only one of both")
        else:
            expect(f"{what} var {name}", column(theirs.var[name]), column(ours.var[name]))
    expect(f"{what} obs columns", sorted(theirs.obs.columns), sorted(ours.obs.columns))
    same_matrix(f"{what} X", ours.X, theirs.X)
    for name in question.get("layers", [])[1:]:
        same_matrix(f"{what} layer {name}", ours.layers[name], theirs.layers[name])


def compare_source(atlas, question):
    """The file that a dataset was ingested from is what homeobox reads."""
    what = f"source {question['h5ad']}"
    source = ad.read_h5ad(question["h5ad"])
    theirs = query(atlas, question).to_anndata()
    expect(f"{what} cells", sorted(theirs.obs_names), sorted(source.obs_names))
    expect(f"{what} features", sorted(theirs.var_names), sorted(source.var_names))
    found = canonical(theirs[source.obs_names, source.var_names].X)
    expected = canonical(source.X)
    for part in ("indptr", "indices", "data"):
        expect(f"{what} {part}", getattr(found, part).tolist(), getattr(expected, part).tolist())


def compare_obs(atlas, question):
    what = f"version {question['version']} obs of {question['table']}"
    ours = pl.read_parquet(question["parquet"]).sort("uid")
    theirs = query(atlas, question).to_polars().sort("uid")
    expect(f"{what} columns", sorted(theirs.columns), sorted(ours.columns))
    for name in sorted(set(ours.columns) & set(theirs.columns)):
        mine, other = ours[name], theirs[name]
        if other.dtype in (pl.Categorical, pl.Enum):
            other = other.cast(pl.String)
        types = {str(t).split("(")[0].replace("Array", "List") for t in (mine.dtype, other.dtype)}
        expect(f"{what} type of {name}", len(types), 1)
        expect(f"{what} {name}", [plain(v) for v in other.to_list()], [plain(v) for v in mine.to_list()])


def compare_training(atlas, question):
    """Batches for training hold global indices; row by row they are the rows of the matrix."""
    ours = ad.read_h5ad(question["h5ad"])
    data = query(atlas, {**question, "layers": None}).to_unimodal_dataset(question["field"], metadata_columns=["uid"])
    expect("training rows", len(data), ours.n_obs)
    rows = [min(5, ours.n_obs - 1), 0, ours.n_obs - 1]
    batch = data.__getitems__(rows)
    for position in range(len(rows)):
        uid = batch.metadata["uid"][position]
        if hasattr(batch, "offsets"):
            some = slice(batch.offsets[position], batch.offsets[position + 1])
            entries = zip(batch.indices[some].tolist(), batch.layers["counts"][some].tolist())
            found = {feature: value for feature, value in entries if value}
        else:
            found = {g: v for g, v in enumerate(batch.layers["counts"][position].tolist()) if v}
        row = canonical(ours[uid].X)
        numbers = ours.var["global_index"].to_numpy()[row.indices].tolist()
        expect(f"training row {uid}", found, dict(zip(numbers, row.data.tolist())))
    batches = sum(b.n_obs for b in query(atlas, {**question, "layers": None}).to_batches(batch_size=100))
    expect("cells in batches", batches, ours.n_obs)


def compare_csc(path, question):
    """homeobox makes feature-oriented copies of all groups that have none, and reads the same through copies alone."""
    writable = open_writable(path, hox.RaggedAtlas.checkout_latest(path))
    field, space = question["field"], question["space"]
    groups = writable.list_datasets().filter(pl.col("feature_space") == space)["zarr_group"].to_list()
    hidden = []
    for group in groups:
        if not (Path(path) / "zarr_store" / group / "csc/indptr/zarr.json").exists():
            add_csc(writable, group, field, obs_table_name=question.get("table"))
        shards = Path(path) / "zarr_store" / group / "csr" / "layers" / "counts" / "c"
        if shards.exists():
            hidden.append((shards, shards.rename(shards.with_name("hidden"))))
    try:
        compare_matrix(hox.RaggedAtlas.checkout_latest(path), question)
    finally:
        for shards, away in hidden:
            away.rename(shards)


def compare_datasets(atlas):
    """Where the dataset table counts cells, it counts right."""
    datasets = atlas.list_datasets()
    if "n_rows" not in datasets.columns:
        return
    cells = {}
    for table in atlas.obs_tables.values():
        for field in table.schema:
            if b"homeobox.feature_space" in (field.metadata or {}):
                for pointer in table.search().select([field.name]).to_arrow()[field.name].to_pylist():
                    if pointer and pointer["zarr_group"]:
                        cells[pointer["zarr_group"]] = cells.get(pointer["zarr_group"], 0) + 1
    for group, rows in datasets.select("zarr_group", "n_rows").iter_rows():
        expect(f"n_rows of {group}", cells.get(group), rows)


def open_writable(path, checked):
    return hox.RaggedAtlas.open(
        path,
        obs_table_names=list(checked.obs_tables),
        dataset_table_name="datasets",
        store=obstore.store.LocalStore(f"{path}/zarr_store"),
    )


def compare_lance(path):
    database = lancedb.connect(f"{path}/lance_db")
    versions = hox.RaggedAtlas.list_versions(path)
    needed = {}
    for record in versions.to_dicts():
        tables = dict(json.loads(record["obs_table_versions"]))
        tables[record["dataset_table_name"]] = record["dataset_table_version"]
        names = json.loads(record["registry_table_names"])
        tables |= {names[space]: v for space, v in json.loads(record["registry_table_versions"]).items()}
        tables["_feature_layouts"] = record["feature_layouts_table_version"]
        for name, version in tables.items():
            needed.setdefault(name, set()).add(version)
    for name, numbers in needed.items():
        tagged = {tag["version"] for tag in lance.dataset(f"{path}/lance_db/{name}.lance").tags.list().values()}
        expect(f"untagged versions of {name} that snapshots need", sorted(numbers - tagged), [])
    layouts = database.open_table("_feature_layouts")
    indexes = {(str(index.index_type), tuple(index.columns)) for index in layouts.list_indices()}
    expect("indexes of layouts", {("FTS", ("feature_uid",)), ("BTree", ("layout_uid",))} <= indexes, True)
    some = layouts.search().limit(1).to_list()[0]
    plan = layouts.search().where(f"layout_uid = '{some['layout_uid']}'").explain_plan()
    expect("index of layouts used", "ScalarIndexQuery" in plan, True)
    found = layouts.search(some["feature_uid"], query_type="fts", fts_columns="feature_uid").limit(50).to_list()
    expect("full text search", some["feature_uid"] in {row["feature_uid"] for row in found}, True)
    for name in {n for n in needed if n.endswith("_registry")}:
        table = database.open_table(name)
        if table.count_rows() == 0:
            continue
        expect(f"indexes of {name}", [tuple(i.columns) for i in table.list_indices()], [("uid",)])
        plan = table.search().where("uid = 'x'").explain_plan()
        expect(f"index of {name} used", "ScalarIndexQuery" in plan, True)
    for name in needed:
        for manifest in (Path(path) / "lance_db" / f"{name}.lance" / "_versions").glob("d*"):
            problems.append(f"{manifest} belongs to no version")
        table = database.open_table(name)
        rows = table.count_rows()
        try:
            table.optimize(cleanup_older_than=dt.timedelta(0), delete_unverified=False)
        except Exception as error:  # the tags forbid it, which is as good
            if "tag" not in str(error):
                problems.append(f"optimize of {name}: {error}")
        expect(f"rows of {name}", database.open_table(name).count_rows(), rows)


def main(answers):
    path = answers["atlas"]
    if answers.get("lance"):
        compare_lance(path)
    records = hox.RaggedAtlas.list_versions(path).to_dicts()
    theirs = [
        {"version": r["version"], "cells": r["total_rows"], "created_at": r["created_at"],
         "obs_tables": sorted(json.loads(r["obs_table_versions"]))}
        for r in records
    ]  # fmt: skip
    expect("versions", theirs, [{**v, "obs_tables": sorted(v["obs_tables"])} for v in answers["versions"]])
    atlases = {}

    def at(version):
        if version not in atlases:
            atlases[version] = hox.RaggedAtlas.checkout(path, version)
        return atlases[version]

    latest = hox.RaggedAtlas.checkout_latest(path)
    compare_datasets(latest)
    expect("validate", list(open_writable(path, latest).validate()), [])
    for question in answers["obs"]:
        compare_obs(at(question["version"]), question)
    for question in answers["counts"]:
        expect(f"count {question}", query(at(question["version"]), question).count(), question["count"])
    for compare, questions in ((compare_matrix, answers["matrices"]), (compare_source, answers["sources"])):
        for question in questions:
            try:
                compare(at(question["version"]), question)
            except Exception as error:  # whatever homeobox can't read
                problems.append(f"{question}: {type(error).__name__}: {error}")
    if answers.get("training"):
        for question in answers["matrices"]:
            if question["version"] == records[-1]["version"] and question.get("training"):
                compare_training(latest, question)
        for question in answers["matrices"]:
            if question["version"] == records[-1]["version"] and question.get("csc"):
                compare_csc(path, question)


spaces.register()
for argument in sys.argv[1:]:
    before = len(problems)
    main(json.loads(Path(argument).read_text()))
    print(f"{argument}: {len(problems) - before} differences")
print("\n".join(problems))
sys.exit(1 if problems else 0)
