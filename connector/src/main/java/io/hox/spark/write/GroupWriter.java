package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.atlas.ArraySpec;
import io.hox.atlas.Encoding;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrHierarchy;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the arrays of one group as cells come, holding one chunk of each in memory. All cells of a group measured the
 * same features and have the same layers.
 */
final class GroupWriter implements Closeable {
    private final FieldInput input;
    private final String path;
    private final int set;
    private final long layers;
    private final ArrayWriter indices;
    private final DataType indexType;
    private final List<ArrayWriter> values = new ArrayList<>();
    private long rows;
    private long start;

    /** @param first the first cell, which decides what the group has; it is not written yet */
    GroupWriter(FieldInput input, ZarrHierarchy zarr, String path, CellData first) {
        this.input = input;
        this.path = path;
        this.set = first.set();
        this.layers = first.layers();
        this.indexType = indexType(input);
        zarr.createGroup(path);
        this.indices = input.isDense()
                ? null
                : zarr.createArray(
                        path + "/" + input.space().indicesPath(),
                        ArrayMetadata.sparse(indexType, Encoding.PACKED_ZIGZAG.compression(indexType)));
        try {
            for (int i = 0; i < input.layers().size(); i++) {
                values.add(
                        (layers & 1L << i) == 0
                                ? null
                                : create(zarr, input.layers().get(i)));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private ArrayWriter create(ZarrHierarchy zarr, LayerInput layer) {
        var compression = layer.encoding().compression(layer.type());
        ArrayMetadata template = input.isDense()
                ? ArrayMetadata.dense(layer.type(), input.measured().features(set), compression)
                : ArrayMetadata.sparse(layer.type(), compression);
        return zarr.createArray(path + "/" + input.space().layerPath(layer.name()), template);
    }

    private static DataType indexType(FieldInput input) {
        for (ArraySpec array : input.space().arrays()) {
            if (array.path().equals(input.space().indicesPath())
                    && array.types().equals(List.of(DataType.UINT64))) {
                return DataType.UINT64;
            }
        }
        return DataType.UINT32;
    }

    /** Whether the group can take a cell. */
    boolean takes(CellData cell) {
        return cell.set() == set && cell.layers() == layers;
    }

    /** Appends the entries of a cell. */
    void append(CellData cell, String name) {
        int n = cell.positions().length;
        if (input.isDense() && n != input.measured().features(set)) {
            throw new HoxException(name + " has " + n + " values in " + input.name() + ", but "
                    + input.measured().features(set) + " features are measured; a dense feature space needs a value of"
                    + " each. Fill what is missing, or name the measured features with the option features");
        }
        if (indices != null) {
            start = indices.elements();
            indices.append(indexValues(cell.positions()), 0, n);
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != null) {
                values.get(i).append(cell.values()[i], 0, n);
            }
        }
        rows++;
    }

    private Values indexValues(int[] positions) {
        if (indexType == DataType.UINT32) {
            return Values.of(indexType, positions);
        }
        long[] wide = new long[positions.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = positions[i];
        }
        return Values.of(indexType, wide);
    }

    /** The group's path. */
    String path() {
        return path;
    }

    /** The set of features of its cells. */
    int set() {
        return set;
    }

    /** Cells so far. */
    long rows() {
        return rows;
    }

    /** Where the entries of the last cell start in the flat arrays; 0 in a dense group. */
    long start() {
        return start;
    }

    /** Where they end. */
    long end() {
        return indices == null ? 0 : indices.elements();
    }

    /** Completes the arrays. */
    void finish() {
        if (indices != null) {
            indices.finish();
        }
        for (ArrayWriter writer : values) {
            if (writer != null) {
                writer.finish();
            }
        }
    }

    /** Gives up what is not finished. */
    @Override
    public void close() {
        if (indices != null) {
            indices.close();
        }
        for (ArrayWriter writer : values) {
            if (writer != null) {
                writer.close();
            }
        }
    }
}
