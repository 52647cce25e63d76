package io.hox.zarr;

import io.hox.codec.Transform;
import io.hox.store.ObjectStore;
import io.hox.testing.PythonEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays that hox writes, read by zarr-python with the original bit-packing codec. */
class ZarrPythonInteropTest {
    @TempDir
    Path directory;

    @Test
    void zarrPythonReadsWhatWeWrite() throws Exception {
        Path python = PythonEnvironment.homeobox();
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

        PythonEnvironment.run(python, Path.of("src/test/python/check_zarr.py").toAbsolutePath(), directory);
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
}
