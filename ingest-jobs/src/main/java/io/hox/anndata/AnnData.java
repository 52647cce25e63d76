package io.hox.anndata;

import io.hox.HoxException;
import io.hox.source.DataFrame;
import io.hox.source.Matrix;
import io.hox.source.Modality;
import io.hox.source.Source;
import io.hox.stored.StoredFile;
import io.hox.stored.StoredGroup;
import io.hox.stored.StoredNode;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An AnnData in any container, open for reading: annotation tables on first use, matrices streamed. Reads every encoding
 * that anndata has written since 0.5. All failures are {@link HoxException}s that name the file and the object. Not
 * thread-safe; several readers may open the same file.
 */
public final class AnnData implements Source, Modality {
    private static final String LAYERS = "layers/";
    private static final String RAW = "raw/X";

    private final Closeable file;
    private final StoredGroup root;
    private final DataFrame obs;
    private final DataFrame var;
    private DataFrame rawVar;

    private AnnData(StoredGroup root, Closeable file) {
        this.file = file;
        this.root = root;
        this.obs = DataFrameReader.read(root, "obs");
        this.var = DataFrameReader.read(root, "var");
    }

    /** Reads the structure of an open file, no values. It is closed with what this gives, and when this fails. */
    static AnnData of(StoredFile file) {
        try {
            return new AnnData(file.root(), file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** One of several in a file, which is closed by others. */
    static AnnData within(StoredGroup group) {
        return new AnnData(group, () -> {});
    }

    @Override
    public String name() {
        return root.file();
    }

    @Override
    public DataFrame obs() {
        return obs;
    }

    @Override
    public List<Modality> modalities() {
        return List.of(this);
    }

    @Override
    public String key() {
        return "";
    }

    @Override
    public String featureSpace() {
        return null;
    }

    @Override
    public DataFrame var(String matrixKey) {
        return matrixKey.equals(RAW) ? rawVar() : var;
    }

    @Override
    public long[] rows(int from, int to) {
        return null;
    }

    /** The features' annotations. */
    public DataFrame var() {
        return var;
    }

    /** The annotations of {@code raw/X}'s features, which may be more than those of {@link #var}; null without raw. */
    public DataFrame rawVar() {
        if (rawVar == null && rawMatrix() != null) {
            StoredGroup raw = root.group("raw");
            rawVar = raw != null ? DataFrameReader.read(raw, "var") : DataFrameReader.read(root, "raw.var");
        }
        return rawVar;
    }

    /** Names of the matrices that {@link #matrix} gives: {@code X}, {@code layers/NAME}..., {@code raw/X}. */
    @Override
    public List<String> matrixKeys() {
        List<String> keys = new ArrayList<>();
        if (root.child("X") != null) {
            keys.add("X");
        }
        StoredGroup layers = root.group("layers");
        if (layers != null) {
            for (String name : layers.names()) {
                keys.add(LAYERS + name);
            }
        }
        if (rawMatrix() != null) {
            keys.add(RAW);
        }
        return keys;
    }

    @Override
    public Matrix matrix(String key) {
        StoredNode node = node(key);
        if (node == null) {
            throw new HoxException(name() + " has no matrix '" + key + "'. It has: " + matrixKeys() + ".");
        }
        DataFrame features = key.equals(RAW) ? rawVar() : var;
        return new Matrix(key, MatrixReader.scanner(node, obs.rows(), features.rows()));
    }

    private StoredNode node(String key) {
        if (key.equals(RAW)) {
            return rawMatrix();
        }
        if (key.equals("X")) {
            return root.child("X");
        }
        StoredGroup layers = root.group("layers");
        return key.startsWith(LAYERS) && layers != null ? layers.child(key.substring(LAYERS.length())) : null;
    }

    private StoredNode rawMatrix() {
        StoredGroup raw = root.group("raw");
        return raw != null ? raw.child("X") : root.child("raw.X");
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new HoxException("Cannot close " + name() + ": " + e.getMessage() + ".", e);
        }
    }
}
