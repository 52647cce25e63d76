package io.hox.h5ad;

import io.hox.HoxException;
import io.hox.source.DataFrame;
import io.hox.source.Matrix;
import io.hox.source.Modality;
import io.hox.source.Source;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An h5ad file, open for reading: annotation tables on first use, matrices streamed. Reads every encoding that anndata
 * has written since 0.5. All failures are {@link HoxException}s that name the file and the HDF5 object. Not
 * thread-safe; several readers may open the same file.
 */
public final class H5adFile implements Source, Modality {
    private static final String LAYERS = "layers/";
    private static final String RAW = "raw/X";

    private final Hdf5 file;
    private final DataFrame obs;
    private final DataFrame var;
    private DataFrame rawVar;

    private H5adFile(Hdf5 file) {
        this.file = file;
        DataFrameReader frames = new DataFrameReader(file);
        this.obs = frames.read(file.root(), "obs");
        this.var = frames.read(file.root(), "var");
    }

    /** Opens a local file and reads its structure, no values. */
    public static H5adFile open(Path path) {
        Hdf5 file = Hdf5.open(path);
        try {
            return new H5adFile(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return file.path().toString();
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
            DataFrameReader frames = new DataFrameReader(file);
            Node raw = file.child(file.root(), "raw");
            rawVar = raw instanceof Group group ? frames.read(group, "var") : frames.read(file.root(), "raw.var");
        }
        return rawVar;
    }

    public long nObs() {
        return obs.rows();
    }

    public long nVars() {
        return var.rows();
    }

    /** Names of the matrices that {@link #matrix} gives: {@code X}, {@code layers/NAME}..., {@code raw/X}. */
    public List<String> matrixKeys() {
        List<String> keys = new ArrayList<>();
        if (file.child(file.root(), "X") != null) {
            keys.add("X");
        }
        if (file.child(file.root(), "layers") instanceof Group layers) {
            for (String name :
                    file.guarded(layers.getPath(), layers::getChildren).keySet()) {
                keys.add(LAYERS + name);
            }
        }
        if (rawMatrix() != null) {
            keys.add(RAW);
        }
        return keys;
    }

    /** The matrix of that name; an unknown one is an error that lists the known ones. */
    public Matrix matrix(String key) {
        Node node = node(key);
        if (node == null) {
            throw new HoxException(file.path() + " has no matrix '" + key + "'. It has: " + matrixKeys() + ".");
        }
        DataFrame features = key.equals(RAW) ? rawVar() : var;
        if (node instanceof Dataset dataset) {
            return new Matrix(key, new DenseScanner(file, dataset, obs.rows(), features.rows()));
        }
        return new Matrix(key, SparseMatrix.open(file, (Group) node, obs.rows(), features.rows()));
    }

    private Node node(String key) {
        if (key.equals(RAW)) {
            return rawMatrix();
        }
        if (key.equals("X")) {
            return file.child(file.root(), "X");
        }
        boolean layer = key.startsWith(LAYERS) && file.child(file.root(), "layers") instanceof Group;
        return layer ? file.child((Group) file.child(file.root(), "layers"), key.substring(LAYERS.length())) : null;
    }

    private Node rawMatrix() {
        Node raw = file.child(file.root(), "raw");
        return raw instanceof Group group ? file.child(group, "X") : file.child(file.root(), "raw.X");
    }

    @Override
    public void close() {
        file.close();
    }
}
