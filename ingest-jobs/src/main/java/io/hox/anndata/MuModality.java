package io.hox.anndata;

import io.hox.source.DataFrame;
import io.hox.source.Matrix;
import io.hox.source.Modality;
import java.util.List;
import java.util.Locale;

/** One modality of a MuData. The rows of its matrices are its own; {@link #rows} finds those of the cells. */
final class MuModality implements Modality {
    private final String key;
    private final AnnData data;
    private final CellMap cells;

    MuModality(String key, AnnData data, CellMap cells) {
        this.key = key;
        this.data = data;
        this.cells = cells;
    }

    @Override
    public String key() {
        return key;
    }

    /** By the names that people give modalities; nothing in the format says what they measure. */
    @Override
    public String featureSpace() {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "rna", "gex" -> "gene_expression";
            case "prot", "protein", "adt" -> "protein_abundance";
            default -> null;
        };
    }

    @Override
    public List<String> matrixKeys() {
        return data.matrixKeys();
    }

    @Override
    public Matrix matrix(String matrixKey) {
        return data.matrix(matrixKey);
    }

    @Override
    public DataFrame var(String matrixKey) {
        return data.var(matrixKey);
    }

    @Override
    public long[] rows(int from, int to) {
        return cells.rows(from, to);
    }

    /** The modality with its own cells. */
    AnnData data() {
        return data;
    }
}
