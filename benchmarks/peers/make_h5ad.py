"""Writes an h5ad file of counts as anndata does: CSR, float32, not compressed unless asked.

usage: make_h5ad.py FILE [CELLS GENES DENSITY [COMPRESSION]]   (100000 20000 0.05 none)
"""

import sys
import time

import anndata as ad
import numpy as np
import pandas as pd
from make_atlas import counts


def main(file, cells, genes, density, compression):
    started = time.time()
    rng = np.random.default_rng(1)
    x = counts(cells, genes, density, rng)
    obs = pd.DataFrame(index=[f"cell{i}" for i in range(cells)])
    obs["cell_type"] = pd.Categorical(rng.choice(["T", "B", "NK", "Mono"], cells))
    names = [f"G{i:05d}" for i in range(genes)]
    var = pd.DataFrame({"uid": [f"g{i:015d}" for i in range(genes)], "gene_name": names}, index=names)
    ad.AnnData(X=x, obs=obs, var=var).write_h5ad(file, compression=None if compression == "none" else compression)
    print(f"{file}: {x.nnz:,} counts in {time.time() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    sizes = sys.argv[2:] or ["100000", "20000", "0.05"]
    main(sys.argv[1], int(sizes[0]), int(sizes[1]), float(sizes[2]), sizes[3] if len(sizes) > 3 else "none")
