package io.hox.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hox.codec.Transform;
import io.hox.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays that hox writes, read by zarr-python with the original bit-packing codec. */
class ZarrPythonInteropTest {
    private static final String SETTING = "HOX_INTEROP_PYTHON";

    @TempDir
    Path directory;

    @Test
    void zarrPythonReadsWhatWeWrite() throws Exception {
        String python = System.getProperty(SETTING, System.getenv(SETTING));
        assumeTrue(
                python != null && !python.isBlank(),
                "skipped: set " + SETTING + " to a Python interpreter with zarr and homeobox");
        ZarrHierarchy zarr = new ZarrHierarchy(ObjectStore.open(directory.toString(), Map.of()), new ZarrCache());
        StringJoiner manifest = new StringJoiner(",\n", "[", "]");
        for (DataType type : DataType.values()) {
            for (Compression compression : new Compression[] {
                Compression.none(),
                Compression.zstd(),
                Compression.zstd(7),
                Compression.bitpacked(Transform.NONE, 4),
                Compression.bitpacked(Transform.DELTA, 4),
                Compression.bitpacked(Transform.DELTA_ZIGZAG, 8)
            }) {
                String name = type.zarrName() + "/c" + manifest.length();
                manifest.add(write(zarr, name + "/empty", type, compression, new long[] {0}, 64, 256));
                manifest.add(write(zarr, name + "/flat", type, compression, new long[] {1000}, 64, 256));
                manifest.add(write(zarr, name + "/matrix", type, compression, new long[] {37, 8}, 4, 12));
                manifest.add(write(zarr, name + "/tiles", type, compression, new long[] {7, 2, 3, 4}, 2, 6));
                manifest.add(write(zarr, name + "/small", type, compression, new long[] {50}, 16, 0));
            }
        }
        ArrayMetadata sparse = ArrayMetadata.sparse(DataType.UINT32, Compression.bitpacked(Transform.DELTA, 4));
        manifest.add(write(zarr, "sparse/indices", sparse, new long[] {100_000}));
        Files.writeString(directory.resolve("manifest.json"), manifest.toString());
        check(python);
    }

    private static String write(
            ZarrHierarchy zarr,
            String path,
            DataType type,
            Compression compression,
            long[] shape,
            int chunkRows,
            int shardRows) {
        int[] chunk = Arrays.stream(shape).mapToInt(n -> (int) n).toArray();
        long[] shard = shape.clone();
        chunk[0] = chunkRows;
        shard[0] = shardRows;
        return write(
                zarr,
                path,
                shardRows == 0
                        ? ArrayMetadata.unsharded(type, shape, chunk, compression)
                        : ArrayMetadata.sharded(type, shape, chunk, shard, compression),
                shape);
    }

    private static String write(ZarrHierarchy zarr, String path, ArrayMetadata template, long[] shape) {
        int n = (int) template.withShape(shape).elements();
        Values values = Oracle.random(template.type(), n, path.hashCode());
        try (ArrayWriter writer = zarr.createArray(path, template)) {
            writer.append(values, 0, n);
            writer.finish();
        }
        return String.format(
                "{\"path\": \"%s\", \"dtype\": \"%s\", \"shape\": %s, \"sha256\": \"%s\"}",
                path, template.type().zarrName(), Arrays.toString(shape), Oracle.digest(values));
    }

    private void check(String python) throws IOException, InterruptedException {
        Path script = Path.of("src", "test", "python", "check_zarr.py").toAbsolutePath();
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(python, script.toString(), directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0)
                .as(Files.readString(output))
                .isTrue();
    }
}
