package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceTable;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An existing atlas and its snapshots. Reading goes through {@link #view}, which is pinned to one of them. */
public final class Atlas implements Closeable {
    /** The usual name of the table of versions. */
    public static final String VERSION_TABLE = "atlas_versions";

    private static final int LISTED = 20;
    private static final Set<String> WITHOUT_LANCE = Set.of("hdfs", "viewfs", "webhdfs", "ftp", "http", "https", "har");

    private final AtlasUri uri;
    private final Map<String, String> options;
    private final LanceDatabase database;
    private final FeatureSpaces spaces;
    private final String versionTable;

    private Atlas(
            AtlasUri uri,
            Map<String, String> options,
            LanceDatabase database,
            FeatureSpaces spaces,
            String versionTable) {
        this.uri = uri;
        this.options = options;
        this.database = database;
        this.spaces = spaces;
        this.versionTable = versionTable;
    }

    /** Opens an atlas with the usual version table and no feature spaces but the built-in ones. */
    public static Atlas open(AtlasUri uri, Map<String, String> options) {
        return open(uri, options, FeatureSpaces.none(), VERSION_TABLE);
    }

    /**
     * Opens an atlas.
     *
     * @param options access to object stores, see {@link StorageConfig}
     * @param spaces feature spaces besides the built-in ones, which they may replace
     * @param versionTable the name of the table of versions
     * @throws HoxException when there is nothing at the place, or no atlas, or no such version table
     */
    public static Atlas open(AtlasUri uri, Map<String, String> options, FeatureSpaces spaces, String versionTable) {
        checkScheme(uri);
        Map<String, String> complete = StorageConfig.complete(options, uri.database());
        LanceDatabase database = LanceDatabase.open(uri.database(), complete);
        List<String> tables = database.tableNames();
        if (tables.isEmpty()) {
            throw new HoxException(nothingAt(uri));
        }
        if (!tables.contains(versionTable)) {
            throw new HoxException("the database " + uri.database() + " has no version table '" + versionTable
                    + "', so it is not an atlas, or the table has another name: give it with the option versionTable."
                    + " Its tables are: " + listed(tables));
        }
        return new Atlas(uri, complete, database, spaces, versionTable);
    }

    AtlasUri uri() {
        return uri;
    }

    /** The settings for object stores, in the languages of both clients. Secret: not for messages. */
    Map<String, String> options() {
        return options;
    }

    LanceDatabase database() {
        return database;
    }

    /** The format generation, as the version table shows it. */
    Generation generation() {
        try (LanceTable table = database.open(versionTable)) {
            return SnapshotReader.generation(table.schema(), table.uri());
        }
    }

    /** All snapshots by ascending version; read anew with every call. */
    public List<Snapshot> snapshots() {
        StoreFinder stores = new StoreFinder(uri, options);
        try (LanceTable table = database.open(versionTable)) {
            return new SnapshotReader(uri, table, stores::find).read();
        }
    }

    /**
     * The snapshot with the highest version.
     *
     * @throws HoxException when the atlas has none
     */
    public Snapshot latestSnapshot() {
        List<Snapshot> snapshots = snapshots();
        if (snapshots.isEmpty()) {
            throw noSnapshot();
        }
        return snapshots.get(snapshots.size() - 1);
    }

    /**
     * The snapshot with a version.
     *
     * @throws HoxException when there is none; the message lists those that exist
     */
    public Snapshot snapshot(long version) {
        List<Snapshot> snapshots = snapshots();
        if (snapshots.isEmpty()) {
            throw noSnapshot();
        }
        List<String> versions = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            if (snapshot.version() == version) {
                return snapshot;
            }
            versions.add(Long.toString(snapshot.version()));
        }
        throw new HoxException(
                "the atlas " + uri.root() + " has no version " + version + "; its versions are: " + listed(versions));
    }

    /** The read side of a snapshot; the caller closes it. */
    public AtlasView view(Snapshot snapshot) {
        return AtlasView.open(snapshot, options, spaces);
    }

    @Override
    public void close() {
        database.close();
    }

    private HoxException noSnapshot() {
        return new HoxException("the atlas " + uri.root() + " has no snapshot yet, so there is nothing to read: run"
                + " 'hox snapshot " + uri.root() + "' once its data are complete");
    }

    private static void checkScheme(AtlasUri uri) {
        int colon = uri.database().indexOf("://");
        if (colon > 0 && WITHOUT_LANCE.contains(uri.database().substring(0, colon))) {
            throw new HoxException(
                    "Lance tables can't be read from " + uri.database()
                            + ": the database must be local or in S3, Google or Azure storage. The Zarr store may be elsewhere");
        }
    }

    private static String nothingAt(AtlasUri uri) {
        String place = uri.root();
        if (!AtlasUri.isRemote(place)) {
            if (!Files.exists(Path.of(place))) {
                return "no atlas at " + place + ": the path does not exist. Check it, or make an atlas there with"
                        + " 'hox create'";
            }
            if (Files.isDirectory(Path.of(AtlasUri.resolve(parent(place), null).database()))) {
                return place + " is a part of an atlas; give its root " + parent(place);
            }
        }
        return place + " is not an atlas: there are no Lance tables in " + uri.database()
                + ". Check the path, or make an atlas there with 'hox create'";
    }

    private static String parent(String place) {
        Path parent = Path.of(place).getParent();
        return parent == null ? place : parent.toString();
    }

    private static String listed(List<String> names) {
        return names.size() <= LISTED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, LISTED)) + ", ... (" + names.size() + ")";
    }
}
