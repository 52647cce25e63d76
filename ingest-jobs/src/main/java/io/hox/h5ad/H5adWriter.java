package io.hox.h5ad;

import io.hox.HoxException;
import io.hox.source.DataFrame;
import io.hox.zarr.DataType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

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
    /** The gzip level of files for which none is chosen. */
    public static final int DEFAULT_LEVEL = 4;

    private static final String LAYERS = "layers/";
    private static final List<String> EMPTY_MAPPINGS = List.of("obsm", "obsp", "uns", "varm", "varp");

    private final Path target;
    private final Path unfinished;
    private final HdfOutput out;
    private final int level;
    private final Map<String, Long> tables = new TreeMap<>();
    private final Map<String, Long> matrices = new TreeMap<>();
    private final List<CsrSink> sinks = new ArrayList<>();
    private int cells;
    private int features;
    private boolean finished;

    private H5adWriter(Path target, int level) {
        this.target = target.toAbsolutePath();
        this.level = level;
        String name = "." + this.target.getFileName() + "." + UUID.randomUUID() + ".tmp";
        this.unfinished = this.target.resolveSibling(name);
        this.out = new HdfOutput(unfinished);
    }

    /** Starts a gzip-compressed file; an existing one is replaced on {@link #finish}. */
    public static H5adWriter create(Path path) {
        return create(path, DEFAULT_LEVEL);
    }

    /**
     * Starts a file; an existing one is replaced on {@link #finish}.
     *
     * @param gzipLevel from 1 (fast) to 9 (small); 0 does not compress
     */
    public static H5adWriter create(Path path, int gzipLevel) {
        if (gzipLevel < 0 || gzipLevel > 9) {
            throw new HoxException("There is no gzip level " + gzipLevel + "; levels go from 0 (none) to 9.");
        }
        return new H5adWriter(path, gzipLevel);
    }

    /** Writes the cells' annotations; once, before the matrices. */
    public void obs(DataFrame obs) {
        table("obs", obs);
        cells = obs.rows();
    }

    /** Writes the features' annotations; once, before the matrices. */
    public void var(DataFrame var) {
        table("var", var);
        features = var.rows();
    }

    private void table(String name, DataFrame frame) {
        if (tables.containsKey(name)) {
            throw new HoxException("The table '" + name + "' of " + target + " was written before.");
        }
        tables.put(name, new FrameWriter(out, level).write(frame));
    }

    /**
     * Starts a matrix of all cells x all features.
     *
     * @param key {@code X} or {@code layers/NAME}
     */
    public CsrSink csr(String key, DataType type) {
        String layer = key.startsWith(LAYERS) ? key.substring(LAYERS.length()) : null;
        boolean named = key.equals("X") || layer != null && !layer.isEmpty() && layer.indexOf('/') < 0;
        if (!named || matrices.containsKey(key) || tables.size() < 2) {
            throw new HoxException("The matrix '" + key + "' cannot be written to " + target
                    + ": matrices are called X or layers/NAME, come once and after obs and var.");
        }
        matrices.put(key, ObjectHeader.UNDEFINED);
        CsrSink sink = new CsrSink(out, key, type, cells, features, level, address -> matrices.put(key, address));
        sinks.add(sink);
        return sink;
    }

    /** Completes open matrices and the file, and gives it its name. */
    public void finish() {
        if (tables.size() < 2) {
            throw new HoxException(target + " needs obs and var before it can be finished.");
        }
        for (CsrSink sink : sinks) {
            sink.close();
        }
        ObjectHeader root = mapping("anndata");
        ObjectHeader layers = mapping("dict");
        matrices.forEach((key, address) -> {
            boolean layer = key.startsWith(LAYERS);
            (layer ? layers : root).link(layer ? key.substring(LAYERS.length()) : key, address);
        });
        root.link("layers", out.append(layers));
        tables.forEach(root::link);
        for (String name : EMPTY_MAPPINGS) {
            root.link(name, out.append(mapping("dict")));
        }
        out.finish(out.append(root));
        out.close();
        try {
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new HoxException(
                    "Cannot give " + unfinished + " the name " + target + ": " + e.getMessage() + ".", e);
        }
        finished = true;
    }

    private ObjectHeader mapping(String encoding) {
        ObjectHeader group = ObjectHeader.group();
        group.attribute(out.text("encoding-type", encoding));
        return group.attribute(out.text("encoding-version", "0.1.0"));
    }

    /** Gives up an unfinished file; nothing of it stays. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        out.close();
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw new HoxException("Cannot remove " + unfinished + ": " + e.getMessage() + ".", e);
        }
    }
}
