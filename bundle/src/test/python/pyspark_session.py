"""One PySpark session with the bundle on spark.jars: reading, filtering, Arrow both ways, pandas functions, SQL functions,
writing.

usage: pyspark_session.py BUNDLE_JAR ATLAS ANSWERS EMPTY

ATLAS is the reference atlas pbmc_two_datasets, ANSWERS the directory of its golden answers, EMPTY an atlas without cells.
"""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from pyspark.ml.linalg import Vectors
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, pandas_udf

os.environ["PYSPARK_PYTHON"] = sys.executable
bundle, atlas, answers, empty = sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4]

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.jars", bundle)
    .config("spark.sql.extensions", "io.hox.udfs.HoxExtensions")
    .config("spark.sql.execution.arrow.pyspark.enabled", "true")
    .config("spark.sql.execution.arrow.pyspark.fallback.enabled", "false")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")

obs = pd.read_parquet(answers / "v1" / "obs_cells.parquet").set_index("uid")
entries = pd.read_parquet(answers / "queries" / "v1_all_union" / "entries.parquet")
registry = pd.read_parquet(answers / "v1" / "registry_gene_expression.parquet")

cells = spark.read.format("hox").load(atlas)
assert cells.count() == len(obs), (cells.count(), len(obs))

# Filter, then home to pandas through Arrow: plain columns and the arrays of a layer.
wanted = "B cells"
found = (
    cells.where(col("cell_type") == wanted)
    .select("uid", "cell_type", "n_counts", "is_train", "gene_expression.indices", "gene_expression.counts")
    .toPandas()
    .set_index("uid")
    .sort_index()
)
expected = obs[obs.cell_type == wanted].sort_index()
assert list(found.index) == list(expected.index)
np.testing.assert_array_equal(found.n_counts.to_numpy(), expected.n_counts.to_numpy())
depth = entries.groupby("uid").counts.sum()
for uid, cell in found.iterrows():
    assert (np.diff(cell.indices) > 0).all(), uid
    assert sum(cell.counts) == depth.get(uid, 0), uid
print("toPandas:", len(found), wanted)


# The whole struct too.
struct = cells.where(col("cell_type") == wanted).select("gene_expression").limit(3).toPandas()
assert struct.gene_expression[0]["zarr_group"], struct
print("toPandas of a pointer column:", len(struct))


@pandas_udf("long")
def total(counts: pd.Series) -> pd.Series:
    return counts.map(lambda values: 0 if values is None else int(sum(values)))


depths = cells.select("uid", total("gene_expression.counts").alias("depth")).toPandas().set_index("uid").depth
for uid, value in depths.items():
    assert value == depth.get(uid, 0), uid
print("pandas_udf:", len(depths))


def longest(frames):
    for frame in frames:
        yield pd.DataFrame({"longest": [max(map(len, frame["indices"]), default=0)]})


rows = cells.where("gene_expression IS NOT NULL").select("gene_expression.indices").mapInPandas(longest, "longest long")
print("mapInPandas:", rows.agg({"longest": "max"}).first()[0])

# pandas to Spark through Arrow, joined with cells.
labels = spark.createDataFrame(obs.reset_index()[["uid", "batch"]].rename(columns={"batch": "label"}))
same = cells.join(labels, "uid").where("batch = label").count()
assert same == obs.batch.notna().sum(), same
print("createDataFrame and join:", same)

# One aggregation over all cells.
cells.createOrReplaceTempView("cells")
sums = spark.sql("SELECT hox_feature_sum(gene_expression.indices, gene_expression.counts) FROM cells").first()[0]
of_feature = entries.groupby("feature_uid").counts.sum()
for feature in registry.itertuples():
    index = int(feature.global_index)
    actual = sums[index] if index < len(sums) else 0
    assert actual == of_feature.get(feature.uid, 0), feature
print("hox_feature_sum:", len(sums), "features")

# Back into an atlas: cells that were read, and cells of one's own as vectors.
chosen = cells.where(col("cell_type") == wanted)
writer = chosen.select("uid", "cell_type", "gene_expression").write.format("hox").mode("append")
writer.option("featuresFrom", atlas).option("snapshot", True).save(empty)
names = [feature.uid for feature in registry.head(3).itertuples()]
own = spark.createDataFrame(
    [("x", Vectors.sparse(3, {0: 4.0, 2: 1.0})), ("y", Vectors.dense([0.0, 2.0, 3.0])), ("z", None)], ["cell_type", "vector"]
)
writer = own.write.format("hox").mode("append").option("vector", "vector").option("features", json.dumps(names))
writer.option("snapshot", True).save(empty)
written = spark.read.format("hox").load(empty)
assert written.count() == len(expected) + 3, written.count()
index = {row.uid: row.global_index for row in spark.read.format("hox").option("axis", "features").load(empty).collect()}
counts = {
    row.cell_type: dict(zip(row.indices, row.counts))
    for row in written.where("cell_type IN ('x', 'y')").select("cell_type", "gene_expression.*").collect()
}
assert counts["x"] == {index[names[0]]: 4, index[names[2]]: 1}, counts
assert counts["y"] == {index[names[1]]: 2, index[names[2]]: 3}, counts
same = written.where(col("cell_type") == wanted).selectExpr("uid", "aggregate(gene_expression.counts, 0, (a, b) -> a + b) AS depth")
for cell in same.collect():
    assert cell.depth == depth.get(cell.uid, 0), cell
print("write:", written.count(), "cells")

print("PYSPARK OK")
