package io.hox.h5ad;

import io.hox.source.DataFrame;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.nio.file.Path;
import java.util.List;

/** Writes h5ad files with one sparse X of any content, right or wrong. */
public final class RawH5ad {
    private String encoding = "csr_matrix";
    private long[] shape;
    private Values indptr;
    private Values indices;
    private Values data;
    private final int cells;
    private final int features;

    private RawH5ad(int cells, int features) {
        this.cells = cells;
        this.features = features;
        this.shape = new long[] {cells, features};
    }

    public static RawH5ad of(int cells, int features) {
        return new RawH5ad(cells, features);
    }

    public RawH5ad encoding(String name) {
        encoding = name;
        return this;
    }

    public RawH5ad shape(long... sides) {
        shape = sides;
        return this;
    }

    public RawH5ad indptr(long... offsets) {
        indptr = Values.of(DataType.INT64, offsets);
        return this;
    }

    public RawH5ad indices(int... numbers) {
        indices = Values.of(DataType.INT32, numbers);
        return this;
    }

    public RawH5ad data(Values values) {
        data = values;
        return this;
    }

    public RawH5ad data(float... values) {
        return data(Values.of(DataType.FLOAT32, values));
    }

    public Path write(Path path) {
        try (HdfOutput out = new HdfOutput(path)) {
            ObjectHeader x = ObjectHeader.group();
            x.attribute(out.text("encoding-type", encoding));
            x.attribute(out.numbers("shape", shape));
            x.link("indptr", dataset(out, indptr));
            x.link("indices", dataset(out, indices));
            x.link("data", dataset(out, data));
            ObjectHeader root = ObjectHeader.group();
            root.link("X", out.append(x));
            root.link("obs", new FrameWriter(out, 0).write(names("c", cells)));
            root.link("var", new FrameWriter(out, 0).write(names("g", features)));
            out.finish(out.append(root));
        }
        return path;
    }

    private static long dataset(HdfOutput out, Values values) {
        ChunkedOutput dataset = ChunkedOutput.of(out, values.type(), 1);
        dataset.append(values, 0, values.length());
        return out.append(dataset.finish());
    }

    /** Writes an HDF5 file with nothing in it. */
    public static void writeEmptyGroup(Path path) {
        try (HdfOutput out = new HdfOutput(path)) {
            out.finish(out.append(ObjectHeader.group()));
        }
    }

    public static DataFrame names(String prefix, int n) {
        String[] names = new String[n];
        for (int i = 0; i < n; i++) {
            names[i] = prefix + i;
        }
        return DataFrame.of("_index", names, List.of());
    }
}
