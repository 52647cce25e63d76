"""spark-submit with the bundle: an atlas made, filled by two executors in JVMs of their own, published and counted.

usage: submit_ingest.py BUNDLE_JAR ATLAS H5AD...
"""

import os
import subprocess
import sys
from pathlib import Path

import pyspark

bundle, atlas, *files = sys.argv[1:]
home = Path(pyspark.__file__).parent


def hox(*arguments, master="local[1]"):
    command = [
        home / "bin" / "spark-submit",
        "--master", master,
        "--conf", "spark.driver.host=127.0.0.1",
        "--conf", "spark.driver.bindAddress=127.0.0.1",
        "--conf", "spark.ui.enabled=false",
        "--class", "io.hox.cli.HoxCommand",
        bundle,
        *arguments,
    ]
    environment = dict(os.environ, SPARK_HOME=str(home), SPARK_LOCAL_IP="127.0.0.1")
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout


hox("create", atlas, "--like", files[0])
table = hox("ingest", atlas, *files, "--format", "csv", master="local-cluster[2,1,1024]")
assert table.count(",ingested,") == len(files), table
hox("snapshot", atlas)
print("cells:", hox("count", atlas).strip())
