package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceTable;
import io.hox.lance.LanceTableRef;
import io.hox.store.ObjectStore;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.FragmentMetadata;

/**
 * The write side of an atlas of the second generation, made by hox or by homeobox.
 *
 * <p><b>Adding a dataset.</b> Each step may be repeated; what refers to something is written after it:
 *
 * <ol>
 *   <li>the arrays, by the caller, in a group whose path no other attempt has: objects that no row names yet. Nothing is
 *       deleted at the start, so two jobs that ingest the same file do not hurt each other;
 *   <li>{@link #registerFeatures}: rows that no layout names yet;
 *   <li>{@link #registerLayout}: rows that no dataset names yet;
 *   <li>{@link #registerDatasets}: a dataset without cells. Everything it names exists, so {@link #validate} has nothing
 *       to say, and a snapshot that somebody takes now is sound;
 *   <li>{@link #addCells}: all cells in one commit, from which on the dataset is complete, see {@link #isComplete}. Cells
 *       come last because without a dataset row they could not be read. Of several attempts one succeeds; the others are
 *       told, take their row back by {@link #unregisterGroup}, and delete their group if that allows it.
 * </ol>
 *
 * <p><b>Replacing</b> a dataset takes the same steps, with {@link #replaceCells} at the end, whose single commit removes the
 * old cells and adds the new; then {@link #unregisterGroup} takes the row of the old group. <b>Removing</b> goes the other
 * way round: {@link #removeDataset} takes the cells, then the rows.
 *
 * <p><b>Recovery.</b> A crash leaves a group that nothing names, features, layouts or a dataset row without cells: none of
 * it is seen by readers, is a finding, or stands in the way of a repetition. {@link #cleaner} finds the groups and rows.
 *
 * <p><b>Several writers.</b> All methods are for use by several threads and processes at once. Whoever changes rows looks at
 * a version of a table and commits only if no other writer of hox has changed it since ({@link LanceTable#change}); else it
 * looks again, a bounded number of times. So no key is inserted twice, and no number is given twice. Homeobox appends
 * without looking: the rows that it doubles are harmless to readers, and numbering removes them. On object stores this
 * needs conditional writes (If-None-Match), which S3, and what is compatible to it today, has.
 *
 * <p><b>Snapshots.</b> Readers see nothing of all this before {@link #snapshot}, which pins table versions that fit
 * together, whatever others write meanwhile, and numbers the features they use. It and {@link #optimize} tag what snapshots
 * need before anything else, so that no clean-up takes it away.
 *
 * <p>New rows always follow the schema that a table has on disk.
 */
public final class AtlasWriter implements Closeable {
    private final LatestTables tables;
    private final FeatureSpaces spaces;
    private final ObjectStore store;
    private final DatasetCells cells;
    private final Object lock = new Object();

    private AtlasWriter(LatestTables tables, FeatureSpaces spaces) {
        this.tables = tables;
        this.spaces = spaces;
        this.store = ObjectStore.open(tables.uri().store(), tables.options());
        this.cells = new DatasetCells(tables, spaces);
    }

    /**
     * Makes a new, empty atlas.
     *
     * @param options access to object stores, see {@link StorageConfig}
     * @param spaces feature spaces besides the built-in ones
     * @throws HoxException when the schema is wrong, the database has a table or the store an object; nothing is changed
     *     then
     */
    public static AtlasWriter create(
            AtlasUri uri, Map<String, String> options, AtlasSchema schema, FeatureSpaces spaces) {
        Map<String, String> complete = StorageConfig.complete(options, uri.database());
        AtlasCreation.create(uri, complete, schema, FeatureSpaces.builtIn().with(spaces));
        return open(uri, options, spaces);
    }

    /**
     * Opens an atlas at its latest state, to add to it.
     *
     * @param spaces feature spaces besides the built-in ones
     * @throws HoxException when there is no atlas, or one of the first generation, which can only be read
     */
    public static AtlasWriter open(AtlasUri uri, Map<String, String> options, FeatureSpaces spaces) {
        FeatureSpaces known = FeatureSpaces.builtIn().with(spaces);
        return new AtlasWriter(LatestTables.open(uri, options, known), known);
    }

    /** The place of the atlas. */
    public AtlasUri uri() {
        return tables.uri();
    }

    /** Settings for object stores, in the languages of both clients. Secret: not for messages. */
    public Map<String, String> options() {
        return tables.options();
    }

    /** The Zarr root, with a cache of its own: what others wrote since the last call is seen. */
    public ZarrHierarchy zarr() {
        return new ZarrHierarchy(store, new ZarrCache());
    }

    /** Names of the obs tables. */
    public List<String> obsTables() {
        return tables.roles().obsTables();
    }

    /** Columns of an obs table, see {@link LanceTable#schema()}. */
    public Schema obsSchema(String obsTable) {
        return tables.obs(obsTable, LanceTable::schema);
    }

    /** The pointer columns of an obs table, in order. */
    public List<PointerColumn> pointers(String obsTable) {
        return cells.pointers(obsTable);
    }

    /** Columns of the dataset table, the five common ones and the user's. */
    public Schema datasetSchema() {
        return tables.datasets(LanceTable::schema);
    }

    /** Columns of a feature space's registry, {@code uid} and {@code global_index} among them. */
    public Schema registrySchema(String featureSpace) {
        return tables.registry(featureSpace, LanceTable::schema);
    }

    /** The uids of all features of a feature space's registry. */
    public Set<String> featureUids(String featureSpace) {
        return tables.registry(
                featureSpace, t -> FeatureRegistration.globalIndexes(t).keySet());
    }

    /** A feature space by name; null when it is neither built in nor given at opening. */
    public FeatureSpace space(String name) {
        return spaces.find(name);
    }

    /** What an executor needs to write fragments of cells: {@code ref.open().writeFragments(batches)}. */
    public LanceTableRef obsRef(String obsTable) {
        return tables.obs(obsTable, LanceTable::ref);
    }

    /** All rows of the dataset table at its latest version. */
    public List<DatasetRow> datasets() {
        return tables.datasets(t -> Datasets.read(t, Generation.G2).all());
    }

    /** Whether cells of a dataset have been committed, which is the last step of writing it. */
    public boolean isComplete(String datasetUid) {
        return cells.present(List.of(datasetUid));
    }

    /**
     * Adds features that the registry does not have; those it has stay as they are. Of several features with one uid the
     * first one counts.
     *
     * @param features values by column; {@code uid} is required, {@code global_index} must be absent
     * @return how many were new
     */
    public long registerFeatures(String featureSpace, List<? extends Map<String, ?>> features) {
        synchronized (lock) {
            return tables.registry(featureSpace, t -> FeatureRegistration.register(t, features));
        }
    }

    /**
     * Records which feature each column of a dataset's matrix is.
     *
     * @param featureUids registered features in the order of the columns, without repetitions
     * @return the layout's uid, for {@link #registerDatasets}
     */
    public String registerLayout(String featureSpace, List<String> featureUids) {
        synchronized (lock) {
            return tables.registry(
                    featureSpace,
                    registry -> tables.layouts(
                            layouts -> FeatureRegistration.registerLayout(layouts, registry, featureUids)));
        }
    }

    /**
     * Makes Zarr groups known, each as one dataset's data of one feature space, all in one commit. The same row again
     * changes nothing.
     *
     * @param rows each with the cells in its group, for dataset tables that have a column for it; {@code layoutUid} is ""
     *     where the space has no features, {@code createdAt} null for now, {@code extra} holds the user's columns
     * @throws HoxException when a group does not exist or belongs to another dataset, or a required column is missing
     */
    public void registerDatasets(Map<DatasetRow, Long> rows) {
        synchronized (lock) {
            tables.datasets(table -> {
                DatasetRegistration.register(table, spaces, zarr(), rows);
                return null;
            });
        }
    }

    /**
     * Makes cells part of an obs table, all in one commit, unless the dataset has cells.
     *
     * @param fragments what executors wrote through {@link #obsRef}; every cell has this dataset uid
     * @param uidsAreGenerated whether the cells' uids are made of the dataset's uid, so that no other dataset can have
     *     them; otherwise all uids of the table are compared
     * @return false when the dataset has cells, in any obs table: nothing was changed, and the caller's group is one too
     *     many, see {@link #unregisterGroup}
     * @throws TakenUidsException when a uid occurs twice among the new cells or is taken; nothing was changed
     * @throws HoxException when other writers were faster again and again, in which case nothing was changed either; or
     *     when the storage fails: the cells may be there or not then, which {@link #unregisterGroup} finds out
     */
    public boolean addCells(
            String obsTable, List<FragmentMetadata> fragments, String datasetUid, boolean uidsAreGenerated) {
        return addCells(obsTable, fragments, List.of(datasetUid), uidsAreGenerated);
    }

    /** As above with the cells of several datasets, all in one commit, unless any of them has cells. */
    public boolean addCells(
            String obsTable, List<FragmentMetadata> fragments, List<String> datasetUids, boolean uidsAreGenerated) {
        synchronized (lock) {
            return cells.add(obsTable, fragments, datasetUids, uidsAreGenerated);
        }
    }

    /**
     * Puts cells in place of those that the dataset has in an obs table, in one commit: every version of the table has
     * either the old ones or the new ones. Parameters and failures are those of {@link #addCells}.
     *
     * @return false when the dataset has no cells in this table: nothing was changed, they can be added
     */
    public boolean replaceCells(
            String obsTable, List<FragmentMetadata> fragments, String datasetUid, boolean uidsAreGenerated) {
        synchronized (lock) {
            return cells.replace(obsTable, fragments, datasetUid, uidsAreGenerated);
        }
    }

    /**
     * Removes the cells of a dataset from all obs tables, in one commit each. Snapshots keep them.
     *
     * @return how many there were
     */
    public long removeCells(String datasetUid) {
        synchronized (lock) {
            return cells.remove(datasetUid);
        }
    }

    /**
     * Removes the cells of a dataset, then its rows of the dataset table. Snapshots keep both; the groups stay in the
     * store.
     */
    public void removeDataset(String datasetUid) {
        synchronized (lock) {
            removeCells(datasetUid);
            tables.datasets(table -> DatasetRegistration.remove(table, "dataset_uid", datasetUid));
        }
    }

    /** Whether cells of the latest state point to a group. */
    public boolean isInUse(String zarrGroup) {
        return cells.userOf(zarrGroup) != null;
    }

    /**
     * Removes the dataset row of one group: one that another writer's is there in place of, or that has been replaced.
     *
     * @return whether the group may be deleted from the store, because no snapshot names it
     * @throws HoxException when cells point to the group; nothing was changed then
     */
    public boolean unregisterGroup(String zarrGroup) {
        synchronized (lock) {
            cells.refuseUse(zarrGroup);
            tables.datasets(table -> DatasetRegistration.remove(table, "zarr_group", zarrGroup));
        }
        // After the removal: a snapshot that is being made either sees it or has been tagged before.
        return !new NamedGroups(tables).ofSnapshots().contains(zarrGroup);
    }

    /**
     * Numbers new features, completes layouts, brings indexes up to date and compacts all tables. Versions that snapshots
     * need are tagged before anything is cleaned up. Repeatable; reads of snapshots are not disturbed.
     *
     * @return one line for each thing done
     */
    public List<String> optimize() {
        return new AtlasOptimizer(tables.database(), tables.roles(), tables.snapshots()).run();
    }

    /**
     * What is wrong with the latest state, one line each; empty when nothing is. Features without a number are no finding,
     * see {@link #notes}.
     */
    public List<String> validate() {
        return AtlasValidator.latest(tables, this::findings);
    }

    private List<String> findings(PinnedTables pinned) {
        return new AtlasValidator(pinned, spaces, zarr()).run();
    }

    /** What is unfinished about the latest state but no fault, one line each: features that have no number yet. */
    public List<String> notes() {
        return FeatureNumbers.open(PinnedTables.latest(tables.database(), tables.roles()));
    }

    /**
     * Records the latest state as a new snapshot, which readers see from then on. Features that have no number get theirs
     * before. Others may write meanwhile: the snapshot has all of a dataset's cells or none.
     *
     * @return its number: 0, or one more than the highest so far
     * @throws HoxException with the findings when {@link #validate} has any
     */
    public long snapshot() {
        return snapshotWriter().write(this::findings);
    }

    /** Finds and deletes what nobody reads. */
    public AtlasCleaner cleaner() {
        return new AtlasCleaner(this, tables);
    }

    /**
     * Brings all tables back to a snapshot's state, as new table versions. Snapshots and Zarr groups made since stay.
     *
     * @throws HoxException when there is no such snapshot, or it needs a table version that no longer exists
     */
    public void restore(long version) {
        try (Atlas atlas = Atlas.open(uri(), options())) {
            snapshotWriter().restore(atlas.snapshot(version));
        }
    }

    private SnapshotWriter snapshotWriter() {
        return new SnapshotWriter(tables.database(), tables.roles(), tables.snapshots());
    }

    @Override
    public void close() {
        store.close();
        tables.database().close();
    }
}
