package io.hox.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.atlas.FeatureSpaces;
import io.hox.cli.Hox;
import io.hox.testing.Directories;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.Compression;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What validation says of copies that are not as they should be. */
class ValidatedCopiesTest {
    @TempDir
    Path directory;

    private MadeGroups atlas;

    @BeforeEach
    void create() {
        atlas = new MadeGroups(directory.resolve("atlas").toString(), Map.of());
        atlas.add("a", MadeGroups.of(3, new int[] {0, 2}, new int[] {2}, new int[] {0, 1}));
        atlas.publish(false);
        IndexRequest request =
                new IndexRequest(atlas.root(), null, FeatureSpaces.none(), null, List.of(), List.of(), false);
        new IndexJob(Hox.session(), request, IndexProgress.SILENT).run();
    }

    @AfterEach
    void close() {
        atlas.close();
    }

    @Test
    void soundCopiesPass() {
        assertThat(findings()).isEmpty();
        assertThat(Hox.output("info", atlas.root(), "--format", "csv")).contains("log_normalized");
    }

    @Test
    void offsetsAscendFromZeroToTheNumberOfEntries() throws IOException {
        write("csc/indptr", DataType.INT64, new long[] {0, 4, 3, 5});
        assertThat(findings()).anyMatch(finding -> finding.contains("do not ascend from 0, first at feature 2"));
        write("csc/indptr", DataType.INT64, new long[] {1, 2, 3, 5});
        assertThat(findings()).anyMatch(finding -> finding.contains("do not ascend from 0, first at feature 0"));
        write("csc/indptr", DataType.INT64, new long[] {0, 2, 3, 4});
        assertThat(findings()).anyMatch(finding -> finding.contains("offsets up to 4, but 5 entries"));
    }

    @Test
    void thereAreAsManyFeaturesAsInTheLayout() throws IOException {
        write("csc/indptr", DataType.INT64, new long[] {0, 2, 5});
        assertThat(findings())
                .anyMatch(finding -> finding.contains("has 2 features, but its layout") && finding.endsWith("has 3"));
    }

    @Test
    void rowsOfAFeatureAscend() throws IOException {
        write("csc/indices", DataType.UINT32, new int[] {2, 0, 2, 0, 1});
        assertThat(findings()).anyMatch(finding -> finding.contains("row numbers of feature 0 that do not ascend"));
    }

    @Test
    void arraysAreAsLongAsTheEntries() throws IOException {
        write("csc/indices", DataType.UINT32, new int[] {0, 2, 2, 0});
        assertThat(findings()).anyMatch(finding -> finding.contains("4 row numbers of 5 entries"));
        write("csc/layers/counts", DataType.UINT32, new int[] {0, 2});
        assertThat(findings()).anyMatch(finding -> finding.contains("layer 'counts' with 2 entries"));
    }

    @Test
    void arraysHaveTheirTypesAndLayersAreThere() throws IOException {
        write("csc/layers/counts", DataType.FLOAT32, new float[5]);
        write("csc/layers/other", DataType.FLOAT32, new float[5]);
        assertThat(findings())
                .anyMatch(finding -> finding.contains("'csc/layers/counts' with type float32"))
                .anyMatch(finding -> finding.contains("layer 'other'"));
        Directories.delete(path("csc/layers/counts"));
        Directories.delete(path("csc/indices"));
        assertThat(findings())
                .anyMatch(finding -> finding.contains("lacks the required layer 'counts'"))
                .anyMatch(finding -> finding.contains("lacks the array 'csc/indices'"));
    }

    private List<String> findings() {
        return Hox.run("validate", atlas.root()).lines();
    }

    private Path path(String array) {
        return directory.resolve("atlas/zarr_store/a").resolve(array);
    }

    private void write(String array, DataType type, Object values) throws IOException {
        Directories.delete(path(array));
        ZarrHierarchy zarr = new ZarrHierarchy(atlas.writer().zarr().store(), new ZarrCache());
        ArrayMetadata template =
                ArrayMetadata.sharded(type, new long[] {0}, new int[] {4}, new long[] {8}, Compression.zstd());
        try (ArrayWriter writer = zarr.createArray("a/" + array, template)) {
            Values wrapped = Values.of(type, values);
            writer.append(wrapped, 0, wrapped.length());
            writer.finish();
        }
    }
}
