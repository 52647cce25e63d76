package io.hox.lance;

import io.hox.HoxException;
import io.hox.store.ObjectStore;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.Dataset;
import org.lance.ReadOptions;
import org.lance.WriteDatasetBuilder;

/** A directory of Lance tables, each in {@code <name>.lance}. Holds no resources of its own; tables outlive it. */
public final class LanceDatabase implements Closeable {
    /** Storage version of the tables made here: the first one that keeps null structs in every kind of column. */
    public static final String NEW_TABLE_STORAGE_VERSION = "2.2";

    private static final String SUFFIX = ".lance";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}");

    private final String uri;
    private final Map<String, String> options;
    private final Map<String, String> lanceOptions;

    private LanceDatabase(String uri, Map<String, String> options) {
        this.uri = StorageOptions.uri(uri);
        this.options = new HashMap<>(options);
        this.lanceOptions = StorageOptions.forLance(this.uri, options);
    }

    /**
     * Touches nothing yet.
     *
     * @param dbUri directory of the tables: a local path, {@code file:}, {@code s3://} or {@code s3a://}
     * @param storageOptions Hadoop keys ({@code fs.s3a.access.key}, {@code .secret.key}, {@code .session.token},
     *     {@code .endpoint}, {@code .endpoint.region}) or Lance's own ({@code aws_access_key_id}, {@code allow_http}, ...)
     */
    public static LanceDatabase open(String dbUri, Map<String, String> storageOptions) {
        return new LanceDatabase(dbUri, storageOptions);
    }

    /** The directory of the tables, as Lance spells it ({@code s3://} for {@code s3a://}). */
    public String uri() {
        return uri;
    }

    /** Names of all tables, sorted; empty when the directory does not exist. */
    public List<String> tableNames() {
        List<String> names = new ArrayList<>();
        try (ObjectStore directory = ObjectStore.open(uri, options)) {
            for (String child : directory.list("")) {
                if (child.endsWith(SUFFIX)) {
                    names.add(child.substring(0, child.length() - SUFFIX.length()));
                }
            }
        }
        Collections.sort(names);
        return names;
    }

    /** Whether there is a table of that name. */
    public boolean exists(String table) {
        return tableNames().contains(table);
    }

    /** Opens the latest version. */
    public LanceTable open(String table) {
        return open(table, 0);
    }

    /** Opens exactly this version, or the latest one for 0. */
    public LanceTable open(String table, long version) {
        String tableUri = tableUri(table);
        ReadOptions.Builder read = new ReadOptions.Builder().setStorageOptions(lanceOptions);
        if (version > 0) {
            read.setVersion(version);
        }
        try {
            Dataset dataset = Dataset.open()
                    .allocator(LanceRuntime.allocator())
                    .session(LanceRuntime.session())
                    .uri(tableUri)
                    .readOptions(read.build())
                    .build();
            return new LanceTable(new OpenTable(this, table, tableUri, dataset));
        } catch (RuntimeException e) {
            throw openFailure(table, tableUri, version, e);
        }
    }

    /**
     * Makes an empty table of storage version {@value #NEW_TABLE_STORAGE_VERSION}.
     *
     * @param schema nullability and field metadata are kept; a field of value type Utf8 that carries a dictionary encoding
     *     becomes a dictionary column
     * @throws HoxException when the table exists
     */
    public LanceTable create(String table, Schema schema) {
        return create(table, schema, NEW_TABLE_STORAGE_VERSION);
    }

    /** As {@link #create(String, Schema)} in another storage version: 2.0, 2.1 or 2.2. */
    public LanceTable create(String table, Schema schema, String storageVersion) {
        String tableUri = tableUri(table);
        if (exists(table)) {
            throw new HoxException("table " + tableUri + " exists already; nothing was changed");
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return new LanceTable(new OpenTable(this, table, tableUri, made(tableUri, schema, storageVersion)));
            } catch (UnansweredException e) {
                if (hasVersions(table)) {
                    return open(table);
                }
                if (attempt == OpenTable.ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private boolean hasVersions(String table) {
        try (ObjectStore directory = ObjectStore.open(uri, options)) {
            return !directory.list(table + SUFFIX + "/_versions").isEmpty();
        }
    }

    private Dataset made(String tableUri, Schema schema, String storageVersion) {
        try (RowStream rows = RowStream.empty(
                LanceRuntime.allocator(), new RowShape(LanceRuntime.allocator(), tableUri, schema, storageVersion))) {
            WriteDatasetBuilder write = Dataset.write()
                    .allocator(LanceRuntime.allocator())
                    .session(LanceRuntime.session())
                    .uri(tableUri)
                    .storageOptions(lanceOptions)
                    .dataStorageVersion(storageVersion)
                    .reader(rows);
            return write.execute();
        } catch (Exception e) { // the native library throws checked exceptions undeclared
            throw new LanceErrors(tableUri, 0, null).translate(e);
        }
    }

    /** Deletes a table with all its versions; nothing happens when there is none. */
    public void drop(String table) {
        if (exists(table)) {
            String tableUri = tableUri(table);
            try {
                Dataset.drop(tableUri, lanceOptions);
            } catch (RuntimeException e) {
                throw new LanceErrors(tableUri, 0, null).translate(e);
            }
        }
    }

    @Override
    public void close() {
        // Tables and the session have lives of their own.
    }

    Map<String, String> options() {
        return options;
    }

    Map<String, String> lanceOptions() {
        return lanceOptions;
    }

    private String tableUri(String table) {
        // Names come from atlas files: they must not leave the database's directory.
        if (!NAME.matcher(table).matches() || table.contains("..")) {
            throw new HoxException("[" + table + "] is not a table name (letters, digits, '_', '-' and '.')");
        }
        return uri + "/" + table + SUFFIX;
    }

    private HoxException openFailure(String table, String tableUri, long version, RuntimeException e) {
        if (e instanceof HoxException known) {
            return known;
        }
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("not found") || message.contains("no such file")) {
            if (version > 0 && exists(table)) {
                return LanceErrors.missingVersion(tableUri, version, e);
            }
            return LanceErrors.missingTable(tableUri, e);
        }
        return new LanceErrors(tableUri, version, null).translate(e);
    }
}
