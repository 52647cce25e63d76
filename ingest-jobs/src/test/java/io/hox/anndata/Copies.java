package io.hox.anndata;

import io.hox.h5ad.CsrSink;
import io.hox.h5ad.H5adWriter;
import io.hox.source.Matrix;
import java.nio.file.Path;

/** Copies what hox reads of an h5ad file with what hox writes. */
final class Copies {
    private Copies() {}

    static void copy(AnnData from, Path to, int gzipLevel) {
        try (H5adWriter writer = H5adWriter.create(to, gzipLevel)) {
            writer.obs(from.obs());
            writer.var(from.var());
            for (String key : from.matrixKeys()) {
                if (!key.equals("raw/X")) {
                    Matrix matrix = from.matrix(key);
                    try (CsrSink sink = writer.csr(key, matrix.type())) {
                        matrix.forEachRowBlock(100_000, sink::append);
                    }
                }
            }
            writer.finish();
        }
    }
}
