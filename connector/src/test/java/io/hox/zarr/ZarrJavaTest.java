package io.hox.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zarr.zarrjava.core.chunkkeyencoding.Separator;
import dev.zarr.zarrjava.v3.Array;
import io.hox.store.ObjectStore;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * zarr-java as a second opinion on arrays that are not sharded; its zstd wants a newer zstd-jni than Spark's, its unsigned
 * types a newer cdm.
 */
class ZarrJavaTest {
    @TempDir
    Path directory;

    private ZarrHierarchy zarr;

    @BeforeEach
    void openStore() {
        zarr = new ZarrHierarchy(ObjectStore.open(directory.toString(), Map.of()), new ZarrCache());
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"INT8", "INT16", "INT32", "INT64", "FLOAT32", "FLOAT64"})
    void readsOurArrays(DataType type) throws Exception {
        Values values = Oracle.random(type, 30 * 7, 1);
        ArrayMetadata template = ArrayMetadata.unsharded(type, new long[] {0, 7}, new int[] {4, 7}, Compression.none());
        try (ArrayWriter writer = zarr.createArray("a", template)) {
            writer.append(values, 0, values.length());
            writer.finish();
        }
        Array theirs = Array.open(directory.resolve("a"));
        assertThat(theirs.metadata().shape).containsExactly(30, 7);
        Values read = Values.of(type, theirs.read().get1DJavaArray(theirs.read().getElementType()));
        assertThat(Oracle.bytes(read)).isEqualTo(Oracle.bytes(values));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void weReadItsArrays(boolean v2Keys) throws Exception {
        Array theirs = Array.create(
                directory.resolve("a"),
                builder -> {
                    builder.withShape(10, 9)
                            .withDataType(dev.zarr.zarrjava.v3.DataType.FLOAT64)
                            .withChunkShape(4, 5)
                            .withFillValue("NaN")
                            .withCodecs(codecs ->
                                    codecs.withBytes("BIG").withGzip(5).withCrc32c());
                    return v2Keys
                            ? builder.withV2ChunkKeyEncoding(Separator.DOT)
                            : builder.withDefaultChunkKeyEncoding(Separator.DOT);
                },
                false);
        Values values = Oracle.random(DataType.FLOAT64, 4 * 9, 2);
        theirs.write(
                new long[] {4, 0},
                ucar.ma2.Array.factory(ucar.ma2.DataType.DOUBLE, new int[] {4, 9}, values.doubles()));
        ZarrArray ours = zarr.array("a");
        assertThat(Oracle.bytes(ours.readBox(new long[] {4}, new long[] {8}))).isEqualTo(Oracle.bytes(values));
        assertThat(ours.readRows(new long[] {9, 0}, 2).doubles()).containsOnly(Double.NaN);
    }

    @Test
    void bothReadTheSameDocument() throws Exception {
        zarr.commitArray(
                "a", ArrayMetadata.sparse(DataType.UINT32, Compression.zstd()).withShape(77));
        Array theirs = Array.open(directory.resolve("a"));
        assertThat(theirs.metadata().shape).containsExactly(77);
        assertThat(theirs.metadata().chunkShape()).containsExactly(10_485_760);
    }
}
