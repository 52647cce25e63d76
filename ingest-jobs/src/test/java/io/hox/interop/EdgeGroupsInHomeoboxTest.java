package io.hox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.FeatureSpaces;
import io.hox.cli.Hox;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.Compression;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrHierarchy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups that readers get wrong, some of which homeobox can't read when it wrote them itself. */
class EdgeGroupsInHomeoboxTest {
    private static final String SCHEMA =
            """
            {"obs": {"cells": {"pointers": {"rna": "gene_expression"}, "columns": {"cell_type": "string"}}},
             "registries": {"gene_expression": {}}}
            """;
    private static final List<String> EDGES =
            List.of("only_index_zero", "zeros", "no_entries", "one_cell", "one_feature", "odd_names", "large");

    @TempDir
    private Path directory;

    @Test
    void homeoboxReadsThem() throws Exception {
        Path atlas = directory.resolve("atlas");
        Hox.output("create", atlas, "--schema", Files.writeString(directory.resolve("schema.json"), SCHEMA));
        List<Object> ingest = new ArrayList<>(List.of("ingest", atlas, "--obs", "cell=uid"));
        EDGES.forEach(edge -> ingest.add(source(edge)));
        Hox.output(ingest.toArray());
        Hox.output("ingest", atlas, "--obs", "cell=uid", "--dataset-uid", "shards", source("shards"));
        writeWithSmallShards(atlas, "shards");
        Hox.output("optimize", atlas);
        Hox.output("snapshot", atlas);

        Answers answers = new Answers(atlas, directory).obs(0, "cells");
        Question all = Question.of(0, "cells", "rna", "gene_expression");
        for (String edge : EDGES) {
            answers.source(all.where("cell_type = '" + edge + "'"), source(edge));
        }
        answers.source(all.where("cell_type = 'shards'"), source("shards"))
                .matrix(all.where("cell_type = 'no_entries'"))
                .matrix(all.where("cell_type <> 'large'").inTraining())
                // The copies that homeobox makes of the others hold shards of zeros, which it does not store and can't
                // read.
                .matrix(all.where("cell_type IN ('odd_names', 'one_feature', 'shards')")
                        .features(List.of("g002", "g000", "été", "z-1"))
                        .featureOriented())
                .training()
                .compare();

        assertThat(Hox.run("query", atlas, "--out", directory.resolve("all.h5ad"))
                        .err())
                .contains("large-", "counts");
    }

    private static Path source(String edge) {
        return Scripts.source("edge_" + edge + ".h5ad");
    }

    /** The same arrays in chunks of 64 and shards of 128. */
    private static void writeWithSmallShards(Path atlas, String dataset) {
        AtlasUri uri = AtlasUri.resolve(atlas.toString(), null);
        try (AtlasWriter writer = AtlasWriter.open(uri, Map.of(), FeatureSpaces.none())) {
            String group = writer.datasets().stream()
                    .filter(row -> row.datasetUid().equals(dataset))
                    .findFirst()
                    .orElseThrow()
                    .zarrGroup();
            for (String array : List.of("csr/indices", "csr/layers/counts")) {
                String path = group + "/" + array;
                ZarrHierarchy zarr = writer.zarr();
                Values values = zarr.array(path).readAll();
                assertThat(values.length()).isBetween(257, 384);
                zarr.store().deleteRecursively(path);
                ArrayMetadata small = ArrayMetadata.sharded(
                        values.type(), new long[] {0}, new int[] {64}, new long[] {128}, Compression.zstd(3));
                try (ArrayWriter out = writer.zarr().createArray(path, small)) {
                    out.append(values, 0, values.length());
                    out.finish();
                }
            }
        }
    }
}
