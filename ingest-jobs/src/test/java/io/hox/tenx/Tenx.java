package io.hox.tenx;

import io.hox.ingest.Sources;
import io.hox.mtx.Texts;
import io.hox.source.Column;
import io.hox.source.Matrix;
import io.hox.source.Source;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small 10x files of any content, right or wrong, and what hox reads from files. */
final class Tenx {
    private Tenx() {}

    static Path write(Path path, String... lines) {
        String text = String.join("\n", lines) + "\n";
        try {
            Files.createDirectories(path.getParent());
            return Files.write(
                    path, path.toString().endsWith(".gz") ? Texts.gzip(text) : text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A matrix of 2 cells and 3 features, the last one an antibody. */
    static void writeMtx(Path directory, String prefix) {
        write(
                directory.resolve(prefix + "matrix.mtx.gz"),
                "%%MatrixMarket matrix coordinate integer general",
                "3 2 3",
                "1 1 5",
                "3 1 7",
                "2 2 1");
        write(
                directory.resolve(prefix + "features.tsv.gz"),
                "ENSG1\tA\tGene Expression",
                "ENSG2\tB\tGene Expression",
                "CD3\tCD3_TotalSeq\tAntibody Capture");
        write(directory.resolve(prefix + "barcodes.tsv.gz"), "AAA-1", "CCC-1");
    }

    /** The same as {@link #writeMtx} in an HDF5 file. */
    static final class H5 {
        String[] barcodes = {"AAA-1", "CCC-1"};
        String[] ids = {"ENSG1", "ENSG2", "CD3"};
        String[] names = {"A", "B", "CD3_TotalSeq"};
        String[] types = {"Gene Expression", "Gene Expression", "Antibody Capture"};
        String[] genomes = {"GRCh38", "mm10", ""};
        long[] indptr = {0, 2, 3};
        long[] indices = {0, 2, 1};
        Object data = new int[] {5, 7, 1};
        Object shape = new int[] {3, 2};

        Path write(Path path) {
            try (WritableHdfFile file = HdfFile.write(path)) {
                WritableGroup matrix = file.putGroup("matrix");
                matrix.putDataset("barcodes", barcodes);
                matrix.putDataset("indptr", indptr);
                matrix.putDataset("indices", indices);
                matrix.putDataset("data", data);
                matrix.putDataset("shape", shape);
                WritableGroup features = matrix.putGroup("features");
                features.putDataset("id", ids);
                features.putDataset("name", names);
                features.putDataset("feature_type", types);
                features.putDataset("genome", genomes);
            }
            return path;
        }
    }

    static List<SourceRef> refs(Path path) {
        return Sources.datasets(SourceLocation.of(path.toString(), Map.of()));
    }

    /** The only dataset of a file or directory. */
    static Source open(Path path) {
        List<SourceRef> refs = refs(path);
        if (refs.size() != 1) {
            throw new AssertionError(refs);
        }
        return Sources.open(refs.get(0), Map.of());
    }

    /** Every row as text like {@code {3=1.0, 7=2.5}}. */
    static List<String> rows(Matrix matrix) {
        List<String> rows = new ArrayList<>();
        matrix.forEachRowBlock(50_000, block -> {
            String[] values = Column.of("v", block.values()).texts();
            for (int row = 0; row < block.rows(); row++) {
                StringBuilder text = new StringBuilder();
                for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
                    text.append(block.indices()[i])
                            .append('=')
                            .append((long) Double.parseDouble(values[i]))
                            .append(' ');
                }
                rows.add(text.toString().strip());
            }
        });
        return rows;
    }
}
