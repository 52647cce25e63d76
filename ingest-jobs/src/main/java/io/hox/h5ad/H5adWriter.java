package io.hox.h5ad;

import io.hox.zarr.DataType;
import java.io.Closeable;
import java.nio.file.Path;

/**
 * Writes an h5ad file that anndata opens: obs, var, CSR matrices. Matrices are streamed, so their size is bounded by the
 * disk. The file appears under its name on {@link #finish}; without it, {@link #close} leaves nothing behind.
 *
 * <pre>{@code
 * try (H5adWriter writer = H5adWriter.create(path)) {
 *     writer.obs(obs);
 *     writer.var(var);
 *     try (CsrSink x = writer.csr("X", DataType.FLOAT32)) {
 *         x.append(block);
 *     }
 *     writer.finish();
 * }
 * }</pre>
 */
public final class H5adWriter implements Closeable {
    private H5adWriter() {}

    /** Starts a file; an existing one is replaced on {@link #finish}. */
    public static H5adWriter create(Path path) {
        throw new UnsupportedOperationException();
    }

    /** Writes the cells' annotations; once, before the matrices. */
    public void obs(DataFrame obs) {
        throw new UnsupportedOperationException();
    }

    /** Writes the features' annotations; once, before the matrices. */
    public void var(DataFrame var) {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts a matrix of all cells x all features.
     *
     * @param key {@code X} or {@code layers/NAME}
     */
    public CsrSink csr(String key, DataType type) {
        throw new UnsupportedOperationException();
    }

    /** Completes the file and gives it its name. */
    public void finish() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
