package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceTable;
import io.hox.zarr.ZarrHierarchy;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything of one snapshot, to read. What is asked for is opened or loaded on first use and kept; nothing changes with
 * later writes. Thread-safe.
 */
public final class AtlasView implements Closeable {
    private final SnapshotContent content;
    private final Snapshot snapshot;
    private final FeatureSpaces spaces;
    private final ZarrHierarchy zarr;
    private final SpaceResolver resolver;
    private final Runnable onClose;

    private AtlasView(SnapshotContent content, FeatureSpaces spaces, Runnable onClose) {
        this.content = content;
        this.snapshot = content.snapshot();
        this.spaces = FeatureSpaces.builtIn(snapshot.generation()).with(spaces);
        this.zarr = content.zarr();
        this.resolver = new SpaceResolver(this, this.spaces);
        this.onClose = onClose;
    }

    /**
     * Opens the view of a snapshot, on a driver or an executor. Nothing is read yet.
     *
     * @param options access to object stores, see {@link StorageConfig}
     * @param spaces feature spaces besides the built-in ones, which they may replace
     */
    public static AtlasView open(Snapshot snapshot, Map<String, String> options, FeatureSpaces spaces) {
        SnapshotContent content = new SnapshotContent(
                snapshot, StorageConfig.complete(options, snapshot.uri().database()));
        return new AtlasView(content, spaces, content::close);
    }

    /**
     * Another view of what this one has open, for one scan more: what Zarr lacked when this view looked is looked for
     * again, and so is what others may replace under a snapshot, the feature-major copies. It must not be used after this
     * view was closed.
     *
     * @param onClose called when the other view is closed, which closes nothing itself
     */
    public AtlasView another(FeatureSpaces spaces, Runnable onClose) {
        return new AtlasView(content, spaces, onClose);
    }

    /** How many tables are open. */
    public int openTables() {
        return content.openTables();
    }

    /** About how much memory the view keeps on the heap. */
    public long bytes() {
        return content.bytes();
    }

    /** What this is the view of. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** The arrays. They are outside versioning; a snapshot's tables say which of them belong to it. */
    public ZarrHierarchy zarr() {
        return zarr;
    }

    /**
     * An obs table at the snapshot's version; the view closes it.
     *
     * @param name the table, or null for the only one
     */
    public LanceTable obs(String name) {
        return content.table(snapshot.obsTable(name));
    }

    /**
     * The pointer columns of an obs table in table order; several may share a feature space.
     *
     * @param obsTable the table, or null for the only one
     */
    public List<PointerColumn> pointers(String obsTable) {
        LanceTable table = obs(obsTable);
        return PointerColumns.of(table.schema(), snapshot.generation(), spaces, "table " + table.uri());
    }

    /**
     * The pointer column of that name.
     *
     * @throws HoxException when there is none; the message lists those that exist
     */
    public PointerColumn pointer(String obsTable, String column) {
        List<String> names = new ArrayList<>();
        for (PointerColumn pointer : pointers(obsTable)) {
            if (pointer.name().equals(column)) {
                return pointer;
            }
            names.add(pointer.name() + " (" + pointer.featureSpace() + ")");
        }
        throw new HoxException("table " + obs(obsTable).uri() + " has no pointer column '" + column + "'; it has "
                + (names.isEmpty() ? "none" : String.join(", ", names)));
    }

    /** All rows of the dataset table, in table order. */
    public List<DatasetRow> datasets() {
        return content.datasets().all();
    }

    /** The rows of the dataset table for one feature space. */
    public List<DatasetRow> datasets(String featureSpace) {
        return content.datasets().ofSpace(featureSpace);
    }

    /**
     * The dataset row of a group that cells point to.
     *
     * @throws HoxException when the group is not registered, registered with different layouts, or leads out of the store
     */
    public DatasetRow dataset(String featureSpace, String zarrGroup) {
        return content.datasets().one(featureSpace, group(zarrGroup));
    }

    /**
     * Which datasets of a space measured which of the features; exact, ordered by feature as given and then by dataset.
     *
     * @throws HoxException when the space has no registry
     */
    public List<FeatureInDataset> datasetsWithFeatures(String featureSpace, Collection<String> featureUids) {
        content.registries().table(featureSpace);
        Map<String, Set<String>> layoutsOf = content.layouts().layoutsOf(featureUids);
        List<FeatureInDataset> found = new ArrayList<>();
        for (String feature : new LinkedHashSet<>(featureUids)) {
            Set<String> with = layoutsOf.getOrDefault(feature, Set.of());
            for (DatasetRow row : datasets(featureSpace)) {
                if (with.contains(row.layoutUid())) {
                    found.add(new FeatureInDataset(feature, row));
                }
            }
        }
        return found;
    }

    /**
     * The description of a feature space: the user's, the built-in one, or one inferred from a group of the space.
     *
     * @throws HoxException when no pointer column and no dataset is of this space
     */
    public FeatureSpace space(String name) {
        return resolver.space(name);
    }

    /** The distinct groups of a feature space, in the order of the dataset table. */
    Set<String> groups(String featureSpace) {
        Set<String> groups = new LinkedHashSet<>();
        for (DatasetRow row : datasets(featureSpace)) {
            groups.add(group(row.zarrGroup()));
        }
        return groups;
    }

    /**
     * The features of a space. Spaces with a common registry get the same object.
     *
     * @throws HoxException when the space has none
     */
    public Registry registry(String featureSpace) {
        return content.registries().registry(featureSpace);
    }

    /**
     * The global index of every column of a layout; shared, do not change it.
     *
     * @throws HoxException when the layout does not exist, is broken, or has features without a global index
     */
    public int[] remap(String layoutUid) {
        return remaps(List.of(layoutUid)).get(layoutUid);
    }

    /** {@link #remap} of several layouts, read together; in the order given. */
    public Map<String, int[]> remaps(Collection<String> layoutUids) {
        if (layoutUids.contains("")) {
            throw new HoxException("a dataset without a layout has no features, so its columns can't be mapped. Run"
                    + " 'hox validate' on the atlas " + snapshot.uri().root());
        }
        return content.layouts().remaps(layoutUids);
    }

    /** The layers that a group has, in alphabetical order. */
    public List<String> layers(FeatureSpace space, String zarrGroup) {
        return List.copyOf(content.catalog().layers(space, group(zarrGroup)).keySet());
    }

    /** The layers that any group of the space has, required ones first, each with a type that fits all groups. */
    public List<LayerType> layerTypes(FeatureSpace space) {
        return content.catalog().union(space, groups(space.name()));
    }

    @Override
    public void close() {
        onClose.run();
    }

    private String group(String zarrGroup) {
        return ZarrGroups.check(zarrGroup, snapshot.datasets().name());
    }
}
