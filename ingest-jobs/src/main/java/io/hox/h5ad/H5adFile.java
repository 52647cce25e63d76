package io.hox.h5ad;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;

/**
 * An h5ad file, open for reading: annotation tables at once, matrices streamed. Reads every encoding that anndata has
 * written since 0.5. All failures are {@link io.hox.HoxException}s that name the file and the HDF5 object.
 */
public final class H5adFile implements Closeable {
    private H5adFile() {}

    /** Opens a local file and reads its structure, no values. */
    public static H5adFile open(Path path) {
        throw new UnsupportedOperationException();
    }

    /** The cells' annotations. */
    public DataFrame obs() {
        throw new UnsupportedOperationException();
    }

    /** The features' annotations. */
    public DataFrame var() {
        throw new UnsupportedOperationException();
    }

    /** The annotations of {@code raw/X}'s features, which may be more than those of {@link #var}; null without raw. */
    public DataFrame rawVar() {
        throw new UnsupportedOperationException();
    }

    public long nObs() {
        throw new UnsupportedOperationException();
    }

    public long nVars() {
        throw new UnsupportedOperationException();
    }

    /** Names of the matrices that {@link #matrix} gives: {@code X}, {@code layers/NAME}..., {@code raw/X}. */
    public List<String> matrixKeys() {
        throw new UnsupportedOperationException();
    }

    /** The matrix of that name; an unknown one is an error that lists the known ones. */
    public Matrix matrix(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
