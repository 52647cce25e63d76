package io.hox.tenx;

import io.hox.HoxException;
import io.hox.source.DataFrame;
import io.hox.source.Matrix;
import io.hox.source.Modality;
import java.util.List;

/** The features of one type, which have one matrix. */
record TenxModality(String key, String featureSpace, Matrix x, DataFrame features) implements Modality {
    static final String X = "X";

    @Override
    public List<String> matrixKeys() {
        return List.of(X);
    }

    @Override
    public Matrix matrix(String name) {
        if (!name.equals(X)) {
            throw new HoxException(
                    "There is no matrix '" + name + "'; 10x files and text files have one, '" + X + "'.");
        }
        return x;
    }

    @Override
    public DataFrame var(String matrixKey) {
        return features;
    }

    @Override
    public long[] rows(int from, int to) {
        return null;
    }
}
