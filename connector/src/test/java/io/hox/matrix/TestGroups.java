package io.hox.matrix;

import io.hox.codec.Transform;
import io.hox.store.ObjectStore;
import io.hox.store.RequestCounter;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.Compression;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A store of small groups with a layout each, written for a test. */
final class TestGroups {

    static final ArrayPaths SPARSE = new ArrayPaths("genes", "csr/indices", "csr/layers");
    static final ColumnPaths COLUMNS = new ColumnPaths("csc/indptr", "csc/indices", "csc/layers");
    static final ArrayPaths DENSE = new ArrayPaths("proteins", null, "layers");

    private final ZarrHierarchy zarr;
    private final Map<String, int[]> layouts = new HashMap<>();

    TestGroups(Path directory) {
        zarr = new ZarrHierarchy(ObjectStore.open(directory.toString(), Map.of()), new ZarrCache());
    }

    /** A group whose layout has the group's name. */
    TestGroups layout(String group, int... globals) {
        layouts.put(group, globals);
        return this;
    }

    /** Writes feature indices of a sparse group. */
    TestGroups indices(String group, int... indices) {
        return flat(group + "/csr/indices", Values.of(DataType.UINT32, indices));
    }

    /** Writes a layer of a sparse group. */
    TestGroups layer(String group, String layer, Values values) {
        return flat(group + "/csr/layers/" + layer, values);
    }

    /** Writes the offsets and row numbers of a feature-major copy. */
    TestGroups columns(String group, long[] pointers, int... rows) {
        return flat(group + "/csc/indices", Values.of(DataType.UINT32, rows))
                .flat(group + "/csc/indptr", Values.of(DataType.INT64, pointers));
    }

    /** Writes a layer of a feature-major copy. */
    TestGroups columnLayer(String group, String layer, Values values) {
        return flat(group + "/csc/layers/" + layer, values);
    }

    /** The copy of a group, counting its requests; null when there is none. */
    ColumnCopy copy(RequestCounter counter, String group, LayerColumn... layers) {
        ZarrHierarchy counted = new ZarrHierarchy(zarr.store(), new ZarrCache()).counting(counter);
        return ColumnCopy.openOrNull(counted, COLUMNS, group, layouts.get(group), List.of(layers));
    }

    TestGroups flat(String path, Values values) {
        boolean packed = values.type() == DataType.UINT32;
        return write(
                path,
                ArrayMetadata.sharded(
                        values.type(),
                        new long[] {0},
                        new int[] {64},
                        new long[] {512},
                        packed ? Compression.bitpacked(Transform.DELTA, 4) : Compression.zstd()),
                values);
    }

    /** Writes a layer of a dense group. */
    TestGroups matrix(String group, String layer, int features, Values values) {
        return write(
                group + "/layers/" + layer,
                ArrayMetadata.sharded(
                        values.type(),
                        new long[] {0, features},
                        new int[] {2, features},
                        new long[] {6, features},
                        Compression.zstd()),
                values);
    }

    private TestGroups write(String path, ArrayMetadata template, Values values) {
        try (ArrayWriter writer = zarr.createArray(path, template)) {
            writer.append(values, 0, values.length());
            writer.finish();
        }
        return this;
    }

    CellReader sparse(FeatureAxis axis, LayerColumn... layers) {
        return readers(zarr, SPARSE, axis, layers).cells();
    }

    CellReader dense(FeatureAxis axis, LayerColumn... layers) {
        return readers(zarr, DENSE, axis, layers).cells();
    }

    /** A reader that shares nothing with others and counts its requests. */
    CellReader counted(RequestCounter counter, ArrayPaths paths, FeatureAxis axis, LayerColumn... layers) {
        return shared(counter, paths, axis, layers).cells();
    }

    /** The groups behind such a reader. */
    GroupReaders shared(RequestCounter counter, ArrayPaths paths, FeatureAxis axis, LayerColumn... layers) {
        return readers(new ZarrHierarchy(zarr.store(), new ZarrCache()).counting(counter), paths, axis, layers);
    }

    /** A reader that takes some groups from their feature-major copies. */
    CellReader featureMajor(RequestCounter counter, Set<String> featureMajor, FeatureAxis axis, LayerColumn... layers) {
        return new GroupReaders(
                        new ZarrHierarchy(zarr.store(), new ZarrCache()).counting(counter),
                        SPARSE,
                        new Remaps(axis, layouts::get),
                        group -> layouts.containsKey(group) ? group : null,
                        List.of(layers),
                        new FeatureMajor(COLUMNS, featureMajor, new ColumnCache(1 << 20)))
                .cells();
    }

    private GroupReaders readers(ZarrHierarchy hierarchy, ArrayPaths paths, FeatureAxis axis, LayerColumn... layers) {
        return new GroupReaders(
                hierarchy,
                paths,
                new Remaps(axis, layouts::get),
                group -> layouts.containsKey(group) ? group : null,
                List.of(layers));
    }
}
