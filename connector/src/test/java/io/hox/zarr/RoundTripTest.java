package io.hox.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.codec.Transform;
import io.hox.store.ObjectStore;
import io.hox.testing.Directories;
import io.hox.testing.RemoteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Arrays of all types, codecs and odd shapes: what is read equals what was written, in any selection. */
class RoundTripTest {
    private static final int[] ELEMENT_SIZES = {4, 8};

    private Path directory;
    private int arrays;

    @BeforeProperty
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("hox-zarr");
    }

    @AfterProperty
    void removeDirectory() throws IOException {
        Directories.delete(directory);
    }

    /** An array to write: {@code rows} positions of axis 0, other axes as in {@code rowShape}. */
    record Case(DataType type, int rows, int[] rowShape, int chunkRows, int shardChunks, int codec, long seed) {
        int rowElements() {
            return Arrays.stream(rowShape).reduce(1, (a, b) -> a * b);
        }

        long[] shape() {
            long[] shape = new long[rowShape.length + 1];
            shape[0] = rows;
            for (int k = 1; k < shape.length; k++) {
                shape[k] = rowShape[k - 1];
            }
            return shape;
        }

        ArrayMetadata template() {
            int[] chunk = new int[rowShape.length + 1];
            long[] shard = new long[chunk.length];
            long[] shape = shape();
            for (int k = 1; k < chunk.length; k++) {
                chunk[k] = rowShape[k - 1];
                shard[k] = chunk[k];
            }
            chunk[0] = chunkRows;
            shard[0] = (long) chunkRows * Math.max(1, shardChunks);
            return shardChunks == 0
                    ? ArrayMetadata.unsharded(type, shape, chunk, compression())
                    : ArrayMetadata.sharded(type, shape, chunk, shard, compression());
        }

        Compression compression() {
            int chunkBytes = chunkRows * rowElements() * type.bytes();
            int elementSize = ELEMENT_SIZES[codec % 2];
            return switch (codec / 2) {
                case 0 -> Compression.none();
                case 1 -> Compression.zstd();
                default -> chunkBytes % elementSize == 0
                        ? Compression.bitpacked(Transform.values()[codec / 2 - 2], elementSize)
                        : Compression.zstd(1 + codec);
            };
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<int[]> rowShapes = Arbitraries.of(
                new int[0], new int[] {1}, new int[] {7}, new int[] {2, 3}, new int[] {3, 1, 2}, new int[] {25});
        return Combinators.combine(
                        Arbitraries.of(DataType.class),
                        Arbitraries.integers().between(0, 150),
                        rowShapes,
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.longs())
                .as(Case::new);
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void readsWhatWasWritten(@ForAll("cases") Case c, @ForAll boolean remote) {
        ObjectStore store = remote
                ? ObjectStore.open(RemoteFiles.uri(directory), RemoteFiles.options())
                : ObjectStore.open(directory.toString(), Map.of());
        String path = "g" + arrays++ + "/array";
        Values written = Oracle.random(c.type(), c.rows() * c.rowElements(), c.seed());
        ZarrHierarchy writing = new ZarrHierarchy(store, new ZarrCache());
        Random random = new Random(c.seed());
        try (ArrayWriter writer = writing.createArray(path, c.template())) {
            for (int at = 0; at < written.length(); ) {
                int n = Math.min(written.length() - at, 1 + random.nextInt(200));
                writer.append(written, at, n);
                at += n;
            }
            assertThat(writer.elements()).isEqualTo(written.length());
            writer.finish();
        }
        ZarrArray array = new ZarrHierarchy(store, new ZarrCache()).array(path);
        assertThat(array.shape()).containsExactly(c.shape());
        assertThat(array.type()).isEqualTo(c.type());
        assertThat(Oracle.bytes(array.readAll())).isEqualTo(Oracle.bytes(written));
        checkBoxes(c, array, written, random);
        if (c.rows() > 0) {
            checkRows(c, array, written, random);
        }
        if (c.rowShape().length == 0) {
            checkRanges(c, array, written, random);
        }
        long[] last = new long[c.shape().length];
        last[0] = Math.max(0, c.rows() - 1) / shardRows(c);
        assertThat(store.size(array.metadata().keys().key(path, last)) >= 0)
                .as("the last shard is stored, and an empty array has none")
                .isEqualTo(c.rows() > 0);
    }

    private static long shardRows(Case c) {
        return (long) c.chunkRows() * Math.max(1, c.shardChunks());
    }

    private static void checkBoxes(Case c, ZarrArray array, Values written, Random random) {
        for (int i = 0; i < 5; i++) {
            long[] min = new long[c.shape().length];
            long[] max = c.shape();
            int given = random.nextInt(max.length + 1);
            for (int k = 0; k < given; k++) {
                min[k] = random.nextLong(max[k] + 1);
                max[k] = min[k] + random.nextLong(max[k] - min[k] + 1);
            }
            Values box = array.readBox(Arrays.copyOf(min, given), Arrays.copyOf(max, given));
            assertThat(Oracle.bytes(box)).isEqualTo(Oracle.box(written, c.shape(), min, max));
        }
    }

    private static void checkRows(Case c, ZarrArray array, Values written, Random random) {
        long[] rows = new long[random.nextInt(60)];
        int rowBytes = c.rowElements() * c.type().bytes();
        byte[] all = Oracle.bytes(written);
        byte[] expected = new byte[rows.length * rowBytes];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextInt(c.rows());
            System.arraycopy(all, (int) rows[i] * rowBytes, expected, i * rowBytes, rowBytes);
        }
        assertThat(Oracle.bytes(array.readRows(rows, rows.length))).isEqualTo(expected);
    }

    private static void checkRanges(Case c, ZarrArray array, Values written, Random random) {
        int n = random.nextInt(40);
        long[] starts = new long[n];
        long[] ends = new long[n];
        int size = c.type().bytes();
        byte[] all = Oracle.bytes(written);
        byte[] expected = new byte[0];
        for (int i = 0; i < n; i++) {
            starts[i] = random.nextInt(c.rows() + 1);
            ends[i] = random.nextInt(c.rows() + 1);
            if (starts[i] < ends[i]) {
                int from = expected.length;
                int length = (int) (ends[i] - starts[i]) * size;
                expected = Arrays.copyOf(expected, from + length);
                System.arraycopy(all, (int) starts[i] * size, expected, from, length);
            }
        }
        assertThat(Oracle.bytes(array.readRanges(starts, ends, n))).isEqualTo(expected);
        Values into = Values.allocate(c.type(), expected.length / size + 3);
        into.fill(1, 0, into.length());
        array.readRanges(starts, ends, n, into, 2);
        assertThat(Arrays.copyOfRange(Oracle.bytes(into), 2 * size, 2 * size + expected.length))
                .isEqualTo(expected);
    }
}
