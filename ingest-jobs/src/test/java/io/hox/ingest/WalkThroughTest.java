package io.hox.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hox.anndata.AnnData;
import io.hox.anndata.H5adFiles;
import io.hox.cli.Anndata;
import io.hox.cli.Hox;
import io.hox.h5ad.CsrSink;
import io.hox.h5ad.H5adWriter;
import io.hox.source.DataFrame;
import io.hox.source.RowBlock;
import io.hox.testing.Shared;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The atlas that everyone knows: pbmc3k with its 1,838 highly variable genes, then pbmc68k, as normalised values in a
 * dense feature space of the user's.
 */
class WalkThroughTest {
    @TempDir
    Path directory;

    @Test
    void twoDatasetsGrowAnAtlasAndOldSnapshotsStay() throws IOException {
        Path pbmc3k = normalised(Shared.data("pbmc3k_labelled_counts.h5ad"), directory.resolve("pbmc3k.h5ad"));
        Path pbmc68k = Shared.data("pbmc68k_reduced.h5ad");
        Path atlas = directory.resolve("atlas");
        Path schema = Files.writeString(
                directory.resolve("schema.json"),
                """
                {"obs": {"cells": {"pointers": {"rna": "lognorm_rna"},
                                   "columns": {"obs_name": "string", "louvain": "string", "n_genes": "int64"}}},
                 "registries": {"lognorm_rna": {}},
                 "feature_spaces": {"lognorm_rna": {"kind": "dense"}}}
                """);
        Hox.output("create", atlas, "--schema", schema);

        Hox.output("ingest", atlas, pbmc3k, "--layer", "X=log_normalized");
        Hox.output("optimize", atlas);
        assertThat(Hox.output("snapshot", atlas)).isEqualToIgnoringNewLines("0");
        assertThat(Hox.output("count", atlas)).isEqualToIgnoringNewLines("2638");

        Hox.output("ingest", atlas, pbmc68k, "--layer", "raw/X=log_normalized");
        assertThat(Hox.output("count", atlas)).as("before the snapshot").isEqualToIgnoringNewLines("2638");
        Hox.output("optimize", atlas);
        assertThat(Hox.output("snapshot", atlas)).isEqualToIgnoringNewLines("1");

        assertThat(Hox.output("count", atlas)).isEqualToIgnoringNewLines("3338");
        assertThat(Hox.output("count", atlas, "--version", 0)).isEqualToIgnoringNewLines("2638");
        assertThat(shape(atlas)).containsExactly(3338, 2395);
        assertThat(shape(atlas, "--feature-join", "intersection")).containsExactly(3338, 208);
        assertThat(shape(atlas, "--version", 0)).containsExactly(2638, 1838);
        checkValues(atlas, pbmc3k);
        assertThat(Hox.output("validate", atlas)).isEmpty();
    }

    private int[] shape(Path atlas, Object... options) {
        Path out = directory.resolve("shape.h5ad");
        List<Object> command = new ArrayList<>(List.of("query", atlas, "--out", out));
        command.addAll(List.of(options));
        Hox.output(command.toArray());
        try (AnnData file = H5adFiles.open(out)) {
            assertThat(file.matrixKeys()).containsExactly("X");
            return new int[] {file.obs().rows(), file.var().rows()};
        }
    }

    private void checkValues(Path atlas, Path pbmc3k) {
        Path out = directory.resolve("b_cells.h5ad");
        Hox.output("query", atlas, "--where", "louvain = 'B cells'", "--out", out, "--features", "MS4A1,CD79A");
        Anndata read = Anndata.read(out);
        Anndata source = Anndata.read(pbmc3k);
        assertThat(read.obsNames()).hasSize(342);
        for (int i = 0; i < 342; i++) {
            Object name = read.obs().get("obs_name").get(i);
            Number wanted = source.matrix("X").get(name).get("MS4A1");
            Number got = read.matrix("X").get(read.obsNames().get(i)).get("MS4A1");
            assertThat(got == null ? 0 : got.doubleValue())
                    .isEqualTo(wanted == null ? 0 : wanted.doubleValue(), within(0.0));
        }
    }

    /** Counts to 10,000 a cell, log(1 + x), the highly variable genes. */
    private static Path normalised(Path counts, Path target) {
        try (AnnData file = H5adFiles.open(counts);
                H5adWriter writer = H5adWriter.create(target, 1)) {
            byte[] variable = file.var().column("highly_variable").values().bytes();
            String[] genes = file.var().index();
            int[] columnOf = new int[genes.length];
            List<String> kept = new ArrayList<>();
            for (int gene = 0; gene < genes.length; gene++) {
                columnOf[gene] = variable[gene] == 0 ? -1 : kept.size();
                if (variable[gene] != 0) {
                    kept.add(genes[gene]);
                }
            }
            writer.obs(file.obs());
            writer.var(DataFrame.of("index", kept.toArray(String[]::new), List.of()));
            try (CsrSink x = writer.csr("X", DataType.FLOAT32)) {
                file.matrix("X").forEachRowBlock(1 << 20, block -> x.append(normalised(block, columnOf)));
            }
            writer.finish();
        }
        return target;
    }

    private static RowBlock normalised(RowBlock block, int[] columnOf) {
        float[] counts = block.values().floats();
        int[] indptr = new int[block.rows() + 1];
        int[] columns = new int[block.entries()];
        float[] values = new float[block.entries()];
        int n = 0;
        for (int row = 0; row < block.rows(); row++) {
            double depth = 0;
            for (int k = block.indptr()[row]; k < block.indptr()[row + 1]; k++) {
                depth += counts[k];
            }
            for (int k = block.indptr()[row]; k < block.indptr()[row + 1]; k++) {
                int column = columnOf[block.indices()[k]];
                if (column >= 0) {
                    columns[n] = column;
                    values[n++] = (float) Math.log1p(counts[k] / (depth / 1e4));
                }
            }
            indptr[row + 1] = n;
        }
        Values typed = Values.of(DataType.FLOAT32, Arrays.copyOf(values, n));
        return new RowBlock(block.firstRow(), block.rows(), indptr, Arrays.copyOf(columns, n), typed);
    }
}
