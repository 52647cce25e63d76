"""Opens the latest snapshot of an atlas with homeobox and prints what it sees as one JSON object.

Usage: check_atlas.py ATLAS
"""

import json
import sys

from homeobox.atlas import RaggedAtlas


def tables(result):
    return list(result.values()) if isinstance(result, dict) else [result]


def main(path):
    atlas = RaggedAtlas.checkout_latest(path)
    findings = list(atlas.validate())
    uids = []
    for name in atlas.obs_tables:
        uids += atlas.query(name).to_polars()["uid"].to_list()
    answer = {"validate": findings, "uids": sorted(uids)}
    try:
        adata = atlas.query().to_anndata()
        answer["matrix"] = {"shape": list(adata.shape), "sum": float(adata.X.sum())}
    except Exception as error:  # several obs tables or modalities have no single matrix
        answer["matrix"] = {"error": str(error)}
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
