# What the scripts of this directory begin with, from the root of the project: builds hox, finds Python and the class path.

python=${HOX_INTEROP_PYTHON:-$(ls -d .venvs/homeobox-*/bin/python 2>/dev/null | head -n 1)}
if [[ -z $python ]]; then
  echo 'No Python with homeobox: run "mvn verify" once, which makes one in .venvs, or name one in HOX_INTEROP_PYTHON' >&2
  exit 1
fi

echo 'building ...' >&2
mvn -q -B -DskipTests -pl benchmarks -am package

class_path=benchmarks/target/classes:$(<benchmarks/target/classpath)
java_options=(
  @ingest-jobs/target/conf/java.options
  "-Dlog4j2.configurationFile=ingest-jobs/target/conf/log4j2.properties"
)
