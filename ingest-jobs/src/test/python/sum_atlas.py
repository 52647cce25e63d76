"""Writes what homeobox finds in the latest snapshot of an atlas: cells, genes and the sum of all counts.

    sum_atlas.py ATLAS ANSWER.txt
"""

import sys
from pathlib import Path

import homeobox as hox

atlas, answer = sys.argv[1:]
cells = hox.RaggedAtlas.checkout_latest(atlas).query().to_anndata()
Path(answer).write_text(f"{cells.n_obs} {cells.n_vars} {int(cells.X.sum())}\n")
