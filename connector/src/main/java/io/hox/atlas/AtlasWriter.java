package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.FragmentInfo;
import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceSql;
import io.hox.lance.LanceTable;
import io.hox.lance.LanceTableRef;
import io.hox.lance.ScanRequest;
import io.hox.store.ObjectStore;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.FragmentMetadata;

/**
 * The write side of an atlas of the second generation, made by hox or by homeobox.
 *
 * <p><b>The order of writing a dataset</b>, each step repeatable after a crash:
 *
 * <ol>
 *   <li>{@link #registerFeatures}: rows that no layout names yet;
 *   <li>the arrays of the Zarr group, by the caller: objects that no row names yet. The leftovers of an earlier attempt
 *       are deleted first;
 *   <li>{@link #registerLayout}: rows that no dataset names yet;
 *   <li>{@link #registerDataset}: a dataset without cells. Everything it names exists, so {@link #validate} has nothing
 *       to say, and a snapshot that somebody takes now is sound;
 *   <li>{@link #addCells}: all cells in one commit. From here on the dataset is complete, see {@link #isComplete}.
 * </ol>
 *
 * Cells come last because cells whose group no dataset row explains could not be read, while a dataset without cells
 * harms nobody. Readers see none of it before {@link #snapshot}.
 *
 * <p>New rows always follow the schema that a table has on disk. Not for use by several threads; several processes may
 * add different datasets at the same time.
 */
public final class AtlasWriter implements Closeable {
    private static final int SHOWN = 5;

    private final AtlasUri uri;
    private final Map<String, String> options;
    private final LanceDatabase database;
    private final FeatureSpaces spaces;
    private final TableRoles roles;
    private final ObjectStore store;

    private AtlasWriter(
            AtlasUri uri,
            Map<String, String> options,
            LanceDatabase database,
            FeatureSpaces spaces,
            TableRoles roles,
            ObjectStore store) {
        this.uri = uri;
        this.options = options;
        this.database = database;
        this.spaces = spaces;
        this.roles = roles;
        this.store = store;
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
        try (Atlas atlas = Atlas.open(uri, options, spaces, Atlas.VERSION_TABLE)) {
            if (atlas.generation() == Generation.G1) {
                throw new HoxException("the atlas " + uri.root() + " is of the first generation (lancell, or homeobox"
                        + " before 0.2.4), which can be read but not written; ingest its sources into a new atlas");
            }
            FeatureSpaces known = FeatureSpaces.builtIn().with(spaces);
            List<Snapshot> snapshots = atlas.snapshots();
            Snapshot latest = snapshots.isEmpty() ? null : snapshots.get(snapshots.size() - 1);
            return new AtlasWriter(
                    uri,
                    atlas.options(),
                    atlas.database(),
                    known,
                    TableRoles.find(atlas.database(), latest, known),
                    ObjectStore.open(uri.store(), atlas.options()));
        }
    }

    public AtlasUri uri() {
        return uri;
    }

    /** Settings for object stores, in the languages of both clients. Secret: not for messages. */
    public Map<String, String> options() {
        return options;
    }

    /** The Zarr root, with a cache of its own: what others wrote since the last call is seen. */
    public ZarrHierarchy zarr() {
        return new ZarrHierarchy(store, new ZarrCache());
    }

    public List<String> obsTables() {
        return roles.obsTables();
    }

    /** Columns of an obs table, see {@link LanceTable#schema()}. */
    public Schema obsSchema(String obsTable) {
        return withTable(requireObs(obsTable), LanceTable::schema);
    }

    /** The pointer columns of an obs table, in order. */
    public List<PointerColumn> pointers(String obsTable) {
        return withTable(requireObs(obsTable), t -> PointerColumns.of(t.schema(), Generation.G2, spaces, t.uri()));
    }

    /** Columns of the dataset table, the five common ones and the user's. */
    public Schema datasetSchema() {
        return withTable(roles.datasets(), LanceTable::schema);
    }

    /** Columns of a feature space's registry, {@code uid} and {@code global_index} among them. */
    public Schema registrySchema(String featureSpace) {
        return withTable(requireRegistry(featureSpace), LanceTable::schema);
    }

    /** A feature space by name; null when it is neither built in nor given at opening. */
    public FeatureSpace space(String name) {
        return spaces.find(name);
    }

    /** What an executor needs to write fragments of cells: {@code ref.open().writeFragments(batches)}. */
    public LanceTableRef obsRef(String obsTable) {
        return withTable(requireObs(obsTable), LanceTable::ref);
    }

    /** All rows of the dataset table at its latest version. */
    public List<DatasetRow> datasets() {
        return withTable(roles.datasets(), t -> Datasets.read(t, Generation.G2).all());
    }

    /** Whether cells of a dataset have been committed, which is the last step of writing it. */
    public boolean isComplete(String datasetUid) {
        String filter = LanceSql.column("dataset_uid") + " = " + LanceSql.literal(datasetUid);
        for (String obs : roles.obsTables()) {
            boolean found = withTable(obs, t -> {
                try (LanceScan scan = t.scan(ScanRequest.ALL
                        .withColumns(List.of())
                        .withFilter(filter)
                        .withLimit(1))) {
                    while (scan.next()) {
                        if (scan.batch().getRowCount() > 0) {
                            return true;
                        }
                    }
                    return false;
                }
            });
            if (found) {
                return true;
            }
        }
        return false;
    }

    /**
     * Adds features that the registry does not have; those it has stay as they are. Of several features with one uid the
     * first one counts.
     *
     * @param features values by column; {@code uid} is required, {@code global_index} must be absent
     * @return how many were new
     */
    public long registerFeatures(String featureSpace, List<? extends Map<String, ?>> features) {
        return withTable(requireRegistry(featureSpace), t -> FeatureRegistration.register(t, features));
    }

    /**
     * Records which feature each column of a dataset's matrix is.
     *
     * @param featureUids registered features in the order of the columns, without repetitions
     * @return the layout's uid, for {@link #registerDataset}
     */
    public String registerLayout(String featureSpace, List<String> featureUids) {
        return withTable(
                requireRegistry(featureSpace),
                registry -> withTable(
                        AtlasTables.LAYOUTS,
                        layouts -> FeatureRegistration.registerLayout(layouts, registry, featureUids)));
    }

    /**
     * Makes a Zarr group known as one dataset's data of one feature space. The same row again changes nothing.
     *
     * @param row {@code layoutUid} is "" where the space has no features, {@code createdAt} null for now, {@code extra}
     *     holds the user's columns
     * @param rows cells in the group, for dataset tables that have a column for it
     * @throws HoxException when the group does not exist or belongs to another dataset, or a required column is missing
     */
    public void registerDataset(DatasetRow row, long rows) {
        ZarrGroups.check(row.zarrGroup(), roles.datasets());
        FeatureSpace space = spaces.find(row.featureSpace());
        if (space != null && space.hasFeatures() == row.layoutUid().isEmpty()) {
            throw new HoxException("the dataset " + row.datasetUid() + " "
                    + (space.hasFeatures() ? "needs" : "can't have") + " a layout in the feature space '" + space.name()
                    + "'");
        }
        if (!zarr().groupExists(row.zarrGroup())) {
            throw new HoxException("the Zarr group '" + row.zarrGroup() + "' does not exist in " + uri.store()
                    + "; write the arrays before the dataset is registered");
        }
        for (DatasetRow known : datasets()) {
            if (known.zarrGroup().equals(row.zarrGroup())) {
                if (known.datasetUid().equals(row.datasetUid())
                        && known.featureSpace().equals(row.featureSpace())
                        && known.layoutUid().equals(row.layoutUid())) {
                    return;
                }
                throw new HoxException("the Zarr group '" + row.zarrGroup() + "' belongs to the dataset "
                        + known.datasetUid() + " already; choose another group");
            }
        }
        withTable(roles.datasets(), table -> {
            Map<String, Object> values = new HashMap<>(row.extra());
            if (table.schema().getFields().stream().map(Field::getName).anyMatch("n_rows"::equals)) {
                values.putIfAbsent("n_rows", rows);
            }
            values.put("dataset_uid", row.datasetUid());
            values.put("zarr_group", row.zarrGroup());
            values.put("feature_space", row.featureSpace());
            values.put("layout_uid", row.layoutUid());
            values.put("created_at", row.createdAt() == null ? SnapshotWriter.now() : row.createdAt());
            try (VectorSchemaRoot batch = TableRows.of(table.schema(), List.of(values), table.name())) {
                table.append(batch);
            }
            return null;
        });
    }

    /**
     * Makes cells part of an obs table, all in one commit.
     *
     * @param fragments what executors wrote through {@link #obsRef}
     * @param jobId identifies the job; a repetition with the same id changes nothing
     * @return false when the job's cells were there already
     * @throws HoxException when a uid occurs twice among the new cells or is taken; nothing is changed then
     */
    public boolean addCells(String obsTable, List<FragmentMetadata> fragments, String jobId) {
        return withTable(requireObs(obsTable), table -> {
            if (fragments.isEmpty() || table.isCommitted(jobId)) {
                return false;
            }
            Set<Integer> before = new LinkedHashSet<>();
            table.fragments().forEach(f -> before.add(f.id()));
            try (LanceTable preview = table.preview(fragments)) {
                List<Integer> added = new ArrayList<>();
                for (FragmentInfo fragment : preview.fragments()) {
                    if (!before.contains(fragment.id())) {
                        added.add(fragment.id());
                    }
                }
                List<String> duplicates = new DuplicateUids(preview).findAmong(added, SHOWN);
                if (!duplicates.isEmpty()) {
                    throw new HoxException("cell uids must be unique in " + table.uri() + ", but these occur twice: "
                            + String.join(", ", duplicates) + "; no cells were added");
                }
            }
            return table.commitAppend(fragments, jobId);
        });
    }

    /**
     * Numbers new features, completes layouts, brings indexes up to date and compacts all tables. Versions that snapshots
     * need are tagged before anything is cleaned up. Repeatable; reads of snapshots are not disturbed.
     *
     * @return one line for each thing done
     */
    public List<String> optimize() {
        return new AtlasOptimizer(database, roles, snapshots()).run();
    }

    /** What is wrong with the latest state, one line each; empty when nothing is. */
    public List<String> validate() {
        return new AtlasValidator(database, roles, spaces, zarr()).run();
    }

    /**
     * Records the latest state as a new snapshot, which readers see from then on.
     *
     * @return its number: 0, or one more than the highest so far
     * @throws HoxException with the findings when {@link #validate} has any
     */
    public long snapshot() {
        List<String> findings = validate();
        if (!findings.isEmpty()) {
            throw new HoxException("no snapshot was made, because the atlas " + uri.root() + " has " + findings.size()
                    + " findings:\n  " + String.join("\n  ", findings));
        }
        return new SnapshotWriter(database, roles, snapshots()).write();
    }

    /**
     * Brings all tables back to a snapshot's state, as new table versions. Snapshots and Zarr groups made since stay.
     *
     * @throws HoxException when there is no such snapshot, or it needs a table version that no longer exists
     */
    public void restore(long version) {
        Snapshot snapshot;
        try (Atlas atlas = Atlas.open(uri, options)) {
            snapshot = atlas.snapshot(version);
        }
        SnapshotWriter writer = new SnapshotWriter(database, roles, snapshots());
        writer.protect();
        writer.restore(snapshot);
    }

    @Override
    public void close() {
        store.close();
        database.close();
    }

    private List<Snapshot> snapshots() {
        try (Atlas atlas = Atlas.open(uri, options)) {
            return atlas.snapshots();
        }
    }

    private String requireObs(String obsTable) {
        if (!roles.obsTables().contains(obsTable)) {
            throw new HoxException("the atlas " + uri.root() + " has no obs table '" + obsTable
                    + "'; its obs tables are " + roles.obsTables());
        }
        return obsTable;
    }

    private String requireRegistry(String featureSpace) {
        String table = roles.registries().get(featureSpace);
        if (table == null) {
            throw new HoxException("the atlas " + uri.root() + " has no registry for the feature space '" + featureSpace
                    + "'; it has registries for " + roles.registries().keySet());
        }
        return table;
    }

    private <T> T withTable(String name, Function<LanceTable, T> use) {
        try (LanceTable table = database.open(name)) {
            return use.apply(table);
        }
    }
}
