"""Makes 10x files of many kinds in a directory: feature types, genomes, tags, compressions, unicode, empty cells."""

import gzip
import sys
from pathlib import Path

import h5py
import numpy as np
import scipy.io
import scipy.sparse as sp

OUT = Path(sys.argv[1])
RNG = np.random.default_rng(5)


def counts(cells, features, density=0.3, dtype="int32"):
    x = sp.random(cells, features, density, format="csr", random_state=7)
    x.data = RNG.integers(1, 50, x.nnz)
    x = x.astype(dtype)
    return x


def texts(group, name, values, **options):
    group.create_dataset(name, data=np.array([v.encode("utf-8") for v in values]), **options)


def write_matrix(group, x, barcodes, index_type="int64", **options):
    texts(group, "barcodes", barcodes, **options)
    group.create_dataset("data", data=x.data, **options)
    group.create_dataset("indices", data=x.indices.astype(index_type), **options)
    group.create_dataset("indptr", data=x.indptr.astype(index_type), **options)
    group.create_dataset("shape", data=np.array(x.shape[::-1], "int32"))


def v3(name, x, types, genomes, tags=None, names=None, **options):
    n = x.shape[1]
    with h5py.File(OUT / name, "w") as file:
        group = file.create_group("matrix")
        write_matrix(group, x, [f"CELL{i}-1" for i in range(x.shape[0])], **options)
        features = group.create_group("features")
        texts(features, "_all_tag_keys", ["genome", *(tags or {})])
        texts(features, "id", [f"ID{i:04d}" for i in range(n)])
        texts(features, "name", names or [f"Gene{i % 7}" for i in range(n)])
        texts(features, "feature_type", types)
        texts(features, "genome", genomes)
        for tag, values in (tags or {}).items():
            texts(features, tag, values)


def write_mtx(directory, x, header=None, features=None, barcodes=None, compressed=True, field=None):
    made = OUT / directory
    made.mkdir()
    opened = gzip.open if compressed else open
    end = ".gz" if compressed else ""
    n = x.shape[1]
    with opened(made / ("matrix.mtx" + end), "wb") as file:
        scipy.io.mmwrite(file, x.T.tocsc() if field != "rows" else x.T.tocsr(), comment=header or "")
    rows = features or [f"ID{i}\tName{i % 5}\tGene Expression" for i in range(n)]
    name = "features.tsv" if "\t" in rows[0] and rows[0].count("\t") > 1 else "genes.tsv"
    with opened(made / (name + end), "wb") as file:
        file.write(("\n".join(rows) + "\n").encode("utf-8"))
    with opened(made / ("barcodes.tsv" + end), "wb") as file:
        file.write(("\n".join(barcodes or [f"C{i}-1" for i in range(x.shape[0])]) + "\n").encode("utf-8"))


mixed = ["Gene Expression"] * 30 + ["Antibody Capture"] * 6 + ["CRISPR Guide Capture"] * 3 + ["Gene Expression"]
v3("types.h5", counts(50, 40), mixed, ["GRCh38"] * 30 + [""] * 9 + ["GRCh38"],
   tags={"pattern": [f"^{i}(BC)" for i in range(40)], "sequence": ["ACGT"] * 40})
v3("two_genomes.h5", counts(20, 12), ["Gene Expression"] * 12, ["GRCh38"] * 5 + ["mm10"] * 7)
v3("unicode.h5", counts(9, 4), ["Gene Expression"] * 4, ["小鼠"] * 4, names=["β-actin", "naïve", "x y", "a/b"])
empty = counts(30, 10, 0.05)
v3("empty_cells.h5", empty, ["Gene Expression"] * 10, ["g"] * 10)
v3("no_entries.h5", sp.csr_matrix((7, 5), dtype="int32"), ["Gene Expression"] * 5, ["g"] * 5)
v3("chunked.h5", counts(300, 60), ["Gene Expression"] * 60, ["g"] * 60, index_type="int32",
   chunks=(100,), compression="gzip")
v3("floats.h5", counts(10, 8, dtype="float32"), ["Gene Expression"] * 8, ["g"] * 8)
with h5py.File(OUT / "old.h5", "w") as old:
    for genome in ("hg19", "mm10"):
        made = old.create_group(genome)
        write_matrix(made, counts(11, 9), [f"{genome}_{i}" for i in range(11)], index_type="int64")
        texts(made, "genes", [f"{genome}{i}" for i in range(9)])
        texts(made, "gene_names", ["same"] * 9)

write_mtx("v3", counts(40, 25, dtype="int64"), header='metadata_json: {"software_version": "cellranger-7"}')
write_mtx("v2", counts(40, 25, dtype="int64"), features=[f"ENSG{i}\tG{i}" for i in range(25)], compressed=False)
write_mtx("by_gene", counts(700, 30, dtype="int64"), field="rows")
write_mtx("real", counts(15, 10, dtype="float64") * 0.37)
write_mtx("empty", counts(60, 20, 0.02, dtype="int64"))
write_mtx("nothing", sp.csr_matrix((4, 3), dtype="int64"))
write_mtx("types", counts(30, 12, dtype="int64"),
          features=[f"I{i}\tN{i}\t{'Antibody Capture' if i % 4 == 0 else 'Gene Expression'}" for i in range(12)])
write_mtx("peaks", counts(30, 4, dtype="int64"),
          features=[f"chr1:{i}-{i + 9}\tchr1:{i}-{i + 9}\tPeaks\tchr1\t{i}\t{i + 9}" for i in range(4)])
write_mtx("unicode", counts(3, 2, dtype="int64"), features=["β\tnaïve gene\tGene Expression", "小鼠\tx\tGene Expression"],
          barcodes=["zelle ä", "细胞", "c"])
