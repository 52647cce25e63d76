package io.hox.benchmarks;

import io.hox.codec.Transform;
import io.hox.matrix.ArrayPaths;
import io.hox.matrix.CellBlock;
import io.hox.matrix.CellPointers;
import io.hox.matrix.CellReader;
import io.hox.matrix.FeatureAxis;
import io.hox.matrix.GroupReaders;
import io.hox.matrix.LayerColumn;
import io.hox.matrix.Remaps;
import io.hox.store.ObjectStore;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.Compression;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrArray;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cells of one sparse group, indices and one layer: nanoseconds per stored entry on top of {@link #decodeOnly}.
 *
 * <p>Run: {@code java -cp <class path of hox-benchmarks> org.openjdk.jmh.Main CellReaderBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CellReaderBenchmark {

    private static final int FEATURES = 20_000;
    private static final int ENTRIES_PER_CELL = 1_000;
    private static final int CELLS = 1_000;
    private static final int ENTRIES = CELLS * ENTRIES_PER_CELL;

    /** How local features map to global ones: {@code pinned} keeps 20 of a permuted layout. */
    @Param({"monotone", "permuted", "pinned"})
    public String layout;

    private Path directory;
    private ZarrArray indices;
    private ZarrArray counts;
    private CellReader reader;
    private CellPointers pointers;

    /** Writes the group. */
    @Setup(Level.Trial)
    public void write() throws IOException {
        directory = Files.createTempDirectory("hox-benchmark");
        ZarrHierarchy zarr = new ZarrHierarchy(ObjectStore.open(directory.toString(), Map.of()), new ZarrCache());
        Random random = new Random(1);
        int[] features = new int[ENTRIES];
        int[] values = new int[ENTRIES];
        CellPointers.Builder builder = CellPointers.sparse(CELLS);
        for (int cell = 0, k = 0; cell < CELLS; cell++) {
            BitSet expressed = new BitSet(FEATURES);
            while (expressed.cardinality() < ENTRIES_PER_CELL) {
                // Some genes are expressed far more often than others.
                expressed.set((int) (FEATURES * Math.pow(random.nextDouble(), 1.5)));
            }
            builder.add("group", k, k + ENTRIES_PER_CELL);
            for (int f = expressed.nextSetBit(0); f >= 0; f = expressed.nextSetBit(f + 1)) {
                features[k] = f;
                values[k++] = 1 + (int) (-2 * Math.log(1 - random.nextDouble()));
            }
        }
        pointers = builder.build();
        write(zarr, "group/csr/indices", features, Transform.DELTA);
        write(zarr, "group/csr/layers/counts", values, Transform.NONE);
        indices = zarr.array("group/csr/indices");
        counts = zarr.array("group/csr/layers/counts");

        int[] globals = globals(random);
        FeatureAxis axis =
                layout.equals("pinned") ? FeatureAxis.pinned(Arrays.copyOf(globals, 20)) : FeatureAxis.everything();
        reader = new GroupReaders(
                        zarr,
                        new ArrayPaths("genes", "csr/indices", "csr/layers"),
                        new Remaps(axis, uid -> globals),
                        group -> "layout",
                        List.of(new LayerColumn("counts", DataType.INT32)))
                .cells();
    }

    private int[] globals(Random random) {
        int[] globals = new int[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            int j = layout.equals("monotone") ? i : random.nextInt(i + 1);
            globals[i] = globals[j];
            globals[j] = i;
        }
        return globals;
    }

    private static void write(ZarrHierarchy zarr, String path, int[] values, Transform transform) {
        ArrayMetadata template = ArrayMetadata.sparse(DataType.UINT32, Compression.bitpacked(transform, 4));
        try (ArrayWriter writer = zarr.createArray(path, template)) {
            writer.append(Values.of(DataType.UINT32, values), 0, values.length);
            writer.finish();
        }
    }

    /** The same elements without a meaning. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public int decodeOnly() {
        long[] start = {0};
        long[] end = {ENTRIES};
        return indices.readRanges(start, end, 1).length()
                + counts.readRanges(start, end, 1).length();
    }

    /** A block of cells. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public CellBlock cells() {
        CellBlock block = reader.read(pointers);
        // As readers of many blocks do: the next one gets the arrays of this one.
        reader.reuse(block);
        return block;
    }

    /** Removes the group. */
    @TearDown(Level.Trial)
    public void delete() throws IOException {
        FileUtils.deleteDirectory(directory.toFile());
    }
}
