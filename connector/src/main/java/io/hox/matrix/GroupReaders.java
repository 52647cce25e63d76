package io.hox.matrix;

import io.hox.HoxException;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpace;
import io.hox.zarr.ZarrHierarchy;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The groups of one pointer column of a scan, opened once each. Thread-safe; an executor keeps one per scan and column
 * and makes a {@link CellReader} per task from it.
 */
public final class GroupReaders {

    private final ZarrHierarchy zarr;
    private final ArrayPaths paths;
    private final Remaps remaps;
    private final UnaryOperator<String> layoutOf;
    private final List<LayerColumn> layers;
    private final FeatureMajor featureMajor;
    private final ConcurrentHashMap<String, GroupReader> byGroup = new ConcurrentHashMap<>();

    /** Every group from the rows of its cells; see the other constructor. */
    public GroupReaders(
            ZarrHierarchy zarr,
            ArrayPaths paths,
            Remaps remaps,
            UnaryOperator<String> layoutOf,
            List<LayerColumn> layers) {
        this(zarr, paths, remaps, layoutOf, layers, FeatureMajor.NONE);
    }

    /**
     * @param zarr the atlas's store
     * @param paths the arrays of the feature space
     * @param remaps the remaps to the axis of the read
     * @param layoutOf from a Zarr group to the uid of its layout; null for a group that the dataset table lacks
     * @param layers the layers to read; none to read indices only
     * @param featureMajor the groups to read from their feature-major copies
     */
    public GroupReaders(
            ZarrHierarchy zarr,
            ArrayPaths paths,
            Remaps remaps,
            UnaryOperator<String> layoutOf,
            List<LayerColumn> layers,
            FeatureMajor featureMajor) {
        this.zarr = zarr;
        this.paths = paths;
        this.remaps = remaps;
        this.layoutOf = layoutOf;
        this.layers = List.copyOf(layers);
        this.featureMajor = featureMajor;
    }

    /** The groups of a feature space as one snapshot sees them. */
    public static GroupReaders of(AtlasView view, FeatureSpace space, FeatureAxis axis, List<LayerColumn> layers) {
        return new GroupReaders(
                view.zarr(),
                ArrayPaths.of(space),
                new Remaps(axis, view::remap),
                group -> view.dataset(space.name(), group).layoutUid(),
                layers);
    }

    /** The requested layers; their positions number the layers of blocks. */
    List<LayerColumn> layers() {
        return layers;
    }

    /** Where the arrays are. */
    ArrayPaths paths() {
        return paths;
    }

    /** Whether the group is read from its feature-major copy. */
    boolean isFeatureMajor(String zarrGroup) {
        return featureMajor.groups().contains(zarrGroup);
    }

    /** A reader for one task. */
    public CellReader cells() {
        return paths.isSparse() ? new SparseCellReader(this) : new DenseCellReader(this);
    }

    /**
     * A group of the column.
     *
     * @throws HoxException when the dataset table lacks the group, or its layout can't be used
     */
    GroupReader group(String zarrGroup) {
        return byGroup.computeIfAbsent(zarrGroup, this::open);
    }

    private GroupReader open(String zarrGroup) {
        String layout = layoutOf.apply(zarrGroup);
        if (layout == null) {
            throw new HoxException("cells point to the group '" + zarrGroup + "', which the dataset table does not list"
                    + " for feature space '" + paths.featureSpace() + "': the atlas is incomplete; see `hox validate`");
        }
        return new GroupReader(
                zarr, paths, zarrGroup, remaps.of(layout), layers, columns(zarrGroup, remaps.of(layout)));
    }

    /** How to get at the columns of a group that is read feature-major; null for others. */
    private Supplier<CellColumns> columns(String zarrGroup, Remap remap) {
        if (!isFeatureMajor(zarrGroup)) {
            return null;
        }
        ColumnCache.Key key = new ColumnCache.Key(zarrGroup, paths, remaps.axis(), layers);
        return () -> featureMajor.cache().get(key, () -> {
            ColumnCopy copy = ColumnCopy.openOrNull(zarr, featureMajor.paths(), zarrGroup, remap.toGlobal(), layers);
            if (copy == null) {
                throw new HoxException("the feature-major copy of group '" + zarrGroup
                        + "' was removed after this query was planned: run the query again");
            }
            return CellColumns.read(copy, remap);
        });
    }
}
