package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpaces;
import io.hox.testing.Directories;
import io.hox.testing.Shared;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.Compression;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrArray;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads of one snapshot share what is open; reads of others never get it. */
class SharedReadersTest {
    @TempDir
    Path directory;

    @Test
    void aSecondQueryOpensNothing() {
        read("pbmc_two_datasets").collectAsList();
        SnapshotPool.Figures before = SnapshotPool.JVM.figures();

        for (String features : List.of("CD38,CD9", "CD38,CD9", "CD1D")) {
            read("pbmc_two_datasets", "features", features, "featureKey", "gene_name")
                    .collectAsList();
        }
        read("pbmc_two_datasets").groupBy("cell_type").count().collectAsList();

        SnapshotPool.Figures after = SnapshotPool.JVM.figures();
        assertThat(after.opened()).isEqualTo(before.opened());
        // The registry, which only reads of chosen features need.
        assertThat(after.tables()).isBetween(before.tables(), before.tables() + 1);
        assertThat(after.snapshots()).isEqualTo(before.snapshots());
        assertThat(after.reused()).isGreaterThan(before.reused());
        assertThat(after.used()).isZero();
        assertThat(after.bytes()).isPositive();
    }

    @Test
    void anotherAtlasAtTheSamePlaceIsAnother() throws Exception {
        Path place = directory.resolve("atlas");
        for (String name :
                List.of("pbmc_two_datasets", "custom_space", "g1_lancell", "g2a_homeobox027", "pbmc_two_datasets")) {
            Directories.copy(Shared.atlas(name), place);
            Dataset<Row> read = spark().read().format("hox").load(place.toString());
            assertThat(read.schema()).isEqualTo(read(name).schema());
            assertThat(read.collectAsList()).as(name).isEqualTo(read(name).collectAsList());
            Directories.delete(place);
        }
    }

    @Test
    void aFeatureMajorCopyIsSeenWhenItAppearsAndWhenItIsReplaced() throws Exception {
        Path atlas = Directories.copy(Shared.atlas("pbmc_two_datasets"), directory.resolve("atlas"));
        String path = "pbmc/csc/indices";
        try (AtlasView first = view(atlas)) {
            assertThat(first.zarr().arrayOrNull(path)).isNull();
            write(first, path, 1, 2, 3);
            assertThat(first.zarr().arrayOrNull(path)).isNull();
            try (AtlasView second = view(atlas)) {
                assertThat(values(second, path)).containsExactly(1, 2, 3);
                second.zarr().store().deleteRecursively("pbmc/csc");
                write(second, path, 4, 5);
                try (AtlasView third = view(atlas)) {
                    assertThat(values(third, path)).containsExactly(4, 5);
                }
            }
        }
    }

    @Test
    void documentsAreReadOnceForAllScans() {
        String store = Shared.atlas("pbmc_two_datasets").toString();
        try (AtlasView first = view(Path.of(store));
                AtlasView second = view(Path.of(store))) {
            String group = first.datasets().get(0).zarrGroup();
            ZarrArray array = first.zarr().array(group + "/csr/indices");
            array.readRanges(new long[] {0}, new long[] {1}, 1);
            long before = second.zarr().store().counter().requests();
            ZarrArray same = second.zarr().array(group + "/csr/indices");
            assertThat(second.zarr().store().counter().requests()).isEqualTo(before);
            same.readRanges(new long[] {0}, new long[] {1}, 1);
            // The chunk, but not the index of its shard.
            assertThat(second.zarr().store().counter().requests()).isEqualTo(before + 1);
        }
    }

    private static AtlasView view(Path atlas) {
        OptionValues options = HoxOptions.of(new CaseInsensitiveStringMap(Map.of("path", atlas.toString())));
        spark();
        AtlasRead read = AtlasRead.resolve(options);
        return ShardReader.view(read.snapshot(), read.storage(), FeatureSpaces.none());
    }

    private static void write(AtlasView view, String path, int... values) {
        Values all = Values.of(DataType.UINT32, values);
        ArrayMetadata template = ArrayMetadata.sharded(
                DataType.UINT32, new long[] {0}, new int[] {64}, new long[] {512}, Compression.zstd());
        ZarrHierarchy writing = new ZarrHierarchy(view.zarr().store(), new ZarrCache());
        try (ArrayWriter writer = writing.createArray(path, template)) {
            writer.append(all, 0, all.length());
            writer.finish();
        }
    }

    private static int[] values(AtlasView view, String path) {
        return view.zarr().array(path).readAll().ints();
    }
}
