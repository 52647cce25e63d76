package io.hox.tenx;

import io.hox.source.Matrix;
import io.hox.source.MatrixScanner;
import io.hox.source.Modality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides a matrix by the types of its features. Two of 10x's types are what a built-in feature space holds; where those
 * of any other type go, the user has to say.
 */
final class FeatureTypes {
    private static final Map<String, String> SPACES =
            Map.of("Gene Expression", "gene_expression", "Antibody Capture", "protein_abundance");

    private FeatureTypes() {}

    /** A modality of each type, in the order in which the types first occur; a single one where no types are told. */
    static List<Modality> modalities(FeatureTable features, MatrixScanner scanner) {
        if (features.types() == null || features.count() == 0) {
            return List.of(new TenxModality("", null, new Matrix(TenxModality.X, scanner), features.var()));
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String type : features.types()) {
            counts.merge(type, 1, Integer::sum);
        }
        List<Modality> modalities = new ArrayList<>();
        counts.forEach((type, count) -> modalities.add(modality(type, count, features, scanner)));
        return modalities;
    }

    private static Modality modality(String type, int count, FeatureTable features, MatrixScanner scanner) {
        String space = SPACES.get(type);
        if (count == features.count()) {
            return new TenxModality(type, space, new Matrix(TenxModality.X, scanner), features.var());
        }
        int[] columns = new int[count];
        int n = 0;
        for (int i = 0; i < features.count(); i++) {
            if (features.types()[i].equals(type)) {
                columns[n++] = i;
            }
        }
        Matrix matrix = new Matrix(TenxModality.X, new ColumnSubset(scanner, columns));
        return new TenxModality(type, space, matrix, features.subset(columns).var());
    }
}
