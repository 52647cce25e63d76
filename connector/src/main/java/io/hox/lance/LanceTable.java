package io.hox.lance;

import io.hox.HoxException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.Tag;
import org.lance.Transaction;
import org.lance.Version;
import org.lance.WriteParams;
import org.lance.cleanup.CleanupPolicy;
import org.lance.index.IndexOptions;
import org.lance.index.IndexParams;
import org.lance.index.IndexType;
import org.lance.index.OptimizeOptions;
import org.lance.index.scalar.BTreeIndexParams;
import org.lance.index.scalar.InvertedIndexParams;
import org.lance.index.scalar.ScalarIndexParams;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;
import org.lance.merge.MergeInsertParams;
import org.lance.merge.MergeInsertResult;
import org.lance.merge.MergeInsertStats;
import org.lance.operation.Append;
import org.lance.operation.UpdateConfig;
import org.lance.operation.UpdateMap;

/**
 * One table, pinned at a version. A method that changes the table moves this handle to the version it made; other
 * handles stay where they are. Reading from several threads is safe, writing through one handle is not.
 */
public final class LanceTable implements Closeable {
    /** Name of the table in {@link #sql}. */
    public static final String SQL_NAME = "dataset";

    private static final String JOB_PROPERTY = "hox.job";

    private final LanceDatabase database;
    private final String name;
    private final String uri;
    private Dataset dataset;
    private Schema schema;

    LanceTable(LanceDatabase database, String name, String uri, Dataset dataset) {
        this.database = database;
        this.name = name;
        this.uri = uri;
        this.dataset = dataset;
    }

    public String name() {
        return name;
    }

    public String uri() {
        return uri;
    }

    /** The version that this handle reads. */
    public long version() {
        return dataset.version();
    }

    /** The newest version in storage, possibly made by somebody else. */
    public long latestVersion() {
        return guard(null, dataset::latestVersion);
    }

    /** Versions that still exist, ascending. */
    public List<Long> versions() {
        return guard(null, () -> dataset.listVersions().stream()
                .map(Version::getId)
                .sorted()
                .toList());
    }

    /** What an executor needs to open this table at this version. */
    public LanceTableRef ref() {
        return new LanceTableRef(database.uri(), name, version(), database.options());
    }

    /**
     * Arrow schema with nullability and field metadata. A dictionary column appears with its value type (Utf8) and a
     * non-null {@link org.apache.arrow.vector.types.pojo.Field#getDictionary()}.
     */
    public Schema schema() {
        if (schema == null) {
            try (LanceScan noRows = scan(ScanRequest.ALL.withLimit(0))) {
                schema = guard(null, () -> TableSchema.merge(dataset.getSchema(), noRows));
            }
        }
        return schema;
    }

    /** 2.0, 2.1 or 2.2; new rows are written in the same one. */
    public String storageVersion() {
        return guard(null, dataset::getLanceFileFormatVersion);
    }

    public List<FragmentInfo> fragments() {
        return guard(null, () -> {
            List<FragmentInfo> infos = new ArrayList<>();
            for (Fragment fragment : dataset.getFragments()) {
                FragmentMetadata meta = fragment.metadata();
                infos.add(new FragmentInfo(meta.getId(), meta.getPhysicalRows(), meta.getNumRows()));
            }
            return List.copyOf(infos);
        });
    }

    /** @param filter Lance SQL, or null for all rows */
    public long countRows(String filter) {
        return guard(filter, () -> filter == null ? dataset.countRows() : dataset.countRows(filter));
    }

    /** Rows in table order: fragment by fragment, as they were appended. The caller closes the scan. */
    public LanceScan scan(ScanRequest request) {
        if (request.limit() == 0) {
            // Lance takes the limit 0 behind a filter for none at all.
            return open(request.withFilter(null).withOffset(0));
        }
        boolean skipsFilteredRows = request.offset() > 0 && request.filter() != null;
        return open(skipsFilteredRows ? beginningAtOffset(request) : request);
    }

    private LanceScan open(ScanRequest request) {
        LanceErrors errors = new LanceErrors(uri, dataset.version(), request.filter());
        LanceScanner scanner = null;
        try {
            scanner = LanceScanner.create(dataset, options(request), dataset.allocator());
            return new LanceScan(errors, scanner, scanner.scanBatches());
        } catch (IOException | RuntimeException e) {
            closeQuietly(scanner);
            if (request.columns() != null && LanceErrors.isUnknownColumn(e)) {
                throw errors.unknownColumn(request.columns(), schema(), e);
            }
            throw errors.translate(e);
        }
    }

    /**
     * The same rows without an offset. Behind a filter Lance skips rows by slicing batches, and Arrow's C data import
     * ignores where a slice of booleans begins: the values would be wrong. Row addresses are read right, so the scan
     * begins at the address of the first wanted row.
     */
    private ScanRequest beginningAtOffset(ScanRequest request) {
        long first = -1;
        try (LanceScan scan = open(request.withColumns(List.of()).withLimit(1))) {
            while (scan.next()) {
                if (scan.batch().getRowCount() > 0) {
                    first = ((UInt8Vector) scan.batch().getVector("_rowaddr")).get(0);
                }
            }
        }
        if (first < 0) {
            return request.withFilter(null).withOffset(0).withLimit(0);
        }
        int fragment = (int) (first >>> Integer.SIZE);
        List<Integer> ids = new ArrayList<>();
        for (FragmentInfo info : fragments()) {
            if (request.fragmentIds() == null || request.fragmentIds().contains(info.id())) {
                ids.add(info.id());
            }
        }
        long offsetInFragment = first & 0xFFFF_FFFFL;
        return request.withOffset(0)
                .withFragments(ids.subList(ids.indexOf(fragment), ids.size()))
                .withFilter("(" + request.filter() + ") AND NOT " + LanceSql.rowRange(fragment, 0, offsetInFragment));
    }

    /** A query over this version, which is called {@value #SQL_NAME} in it. The caller closes the scan. */
    public LanceScan sql(String query) {
        LanceErrors errors = new LanceErrors(uri, dataset.version(), query);
        try {
            return new LanceScan(
                    errors, null, dataset.sql(query).tableName(SQL_NAME).intoBatchRecords());
        } catch (IOException | RuntimeException e) {
            throw errors.translate(e);
        }
    }

    /** Appends rows in one commit. Columns are matched by name, see {@link #writeFragments(Iterator)}. */
    public void append(VectorSchemaRoot rows) {
        commit(writeFragments(rows), null);
    }

    public List<FragmentMetadata> writeFragments(VectorSchemaRoot rows) {
        return writeFragments(Collections.singletonList(rows).iterator());
    }

    /**
     * Writes data files that no version refers to yet; {@link #commitAppend} makes them visible. Meant for executors.
     *
     * <p>Columns are matched by name; nullable columns may be missing and become null; a dictionary column takes plain
     * strings. The batches stay the caller's and must be valid until the iterator is asked for the next one.
     *
     * @throws HoxException on an unknown column, another type, or a null in a required column
     */
    public List<FragmentMetadata> writeFragments(Iterator<VectorSchemaRoot> batches) {
        String version = storageVersion();
        return withStream(batches, schema(), stream -> Fragment.write()
                .datasetUri(uri)
                .data(stream)
                .mode(WriteParams.WriteMode.APPEND)
                .dataStorageVersion(version)
                .storageOptions(database.lanceOptions())
                .execute());
    }

    /**
     * Makes fragments of {@link #writeFragments(Iterator)} part of the table, all in one commit.
     *
     * @param jobId identifies the job among all jobs of this table: when a commit with it exists already, nothing
     *     happens, so a repeated driver does not append twice
     * @return false when the job had been committed before
     */
    public boolean commitAppend(List<FragmentMetadata> fragments, String jobId) {
        refresh();
        if (isCommitted(jobId)) {
            return false;
        }
        commit(fragments, jobId);
        return true;
    }

    /**
     * The table as it would be with these fragments, to look at before they are committed. It is nobody's version: others
     * don't see it and clean-up removes it. The caller closes it.
     */
    public LanceTable preview(List<FragmentMetadata> fragments) {
        return guard(null, () -> {
            try (Transaction transaction = append(fragments).build()) {
                return new LanceTable(
                        database,
                        name,
                        uri,
                        new CommitBuilder(dataset)
                                .writeParams(database.lanceOptions())
                                .detached(true)
                                .skipAutoCleanup(true)
                                .execute(transaction));
            }
        });
    }

    /**
     * Whether one of the existing versions was made by {@link #commitAppend} with this id. Opens the versions one after
     * the other, newest first.
     */
    public boolean isCommitted(String jobId) {
        List<Long> versions = versions();
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (jobId.equals(jobOf(versions.get(i)))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Inserts the rows whose key is not in the table. Rows whose key is there are left alone, or replaced when
     * {@code updateMatched}.
     *
     * @return rows inserted
     */
    public long mergeInsert(List<String> keys, VectorSchemaRoot rows, boolean updateMatched) {
        MergeInsertParams params =
                new MergeInsertParams(keys).withNotMatched(MergeInsertParams.WhenNotMatched.InsertAll);
        return merge(updateMatched ? params.withMatchedUpdateAll() : params.withMatchedDoNothing(), rows, schema())
                .numInsertedRows();
    }

    /**
     * Sets columns of existing rows. Rows whose key is not in the table are ignored, columns that are not given keep
     * their values.
     *
     * @param rows the key columns and the columns to set, in the table's types
     * @return rows updated
     */
    public long updateColumns(List<String> keys, VectorSchemaRoot rows) {
        List<Field> fields = new ArrayList<>();
        for (Field field : schema().getFields()) {
            if (rows.getVector(field.getName()) != null) {
                fields.add(field);
            }
        }
        MergeInsertParams params = new MergeInsertParams(keys)
                .withNotMatched(MergeInsertParams.WhenNotMatched.DoNothing)
                .withMatchedUpdateAll();
        return merge(params, rows, new Schema(fields)).numUpdatedRows();
    }

    private MergeInsertStats merge(MergeInsertParams params, VectorSchemaRoot rows, Schema shape) {
        refresh();
        MergeInsertResult result = withStream(
                Collections.singletonList(rows).iterator(),
                shape,
                stream -> dataset.mergeInsert(params.withSkipAutoCleanup(true), stream));
        replace(result.dataset());
        return result.stats();
    }

    /** A B-tree on a column, replacing one of the same name. */
    public void createBTree(String column) {
        createIndex(column, IndexType.BTREE, BTreeIndexParams.builder().build());
    }

    /** A full-text index with LanceDB's default options, replacing one of the same name. */
    public void createFullText(String column) {
        ScalarIndexParams params = InvertedIndexParams.builder()
                .baseTokenizer("simple")
                .language("English")
                .maxTokenLength(40)
                .lowerCase(true)
                .stem(true)
                .removeStopWords(true)
                .asciiFolding(true)
                .withPosition(false)
                .build();
        createIndex(column, IndexType.INVERTED, params);
    }

    /** Names of the indexes. */
    public List<String> indexes() {
        return guard(null, () -> List.copyOf(dataset.listIndexes()));
    }

    /**
     * Merges small fragments, drops deleted rows from the files and brings the indexes up to date. Old versions stay.
     *
     * <p>Lance 4 can't rewrite a fragment that has nothing but nulls in a dictionary column, and its other way to compact
     * (copying pages) damages list columns without values. The fragments of such a table stay as they are, which costs
     * time only.
     *
     * @return false when fragments were left as they are
     */
    public boolean compact() {
        refresh();
        return guard(null, () -> {
            boolean done = rewriteFragments();
            if (!dataset.listIndexes().isEmpty()) {
                dataset.optimizeIndices(OptimizeOptions.builder().build());
            }
            return done;
        });
    }

    private boolean rewriteFragments() {
        try {
            dataset.compact();
            return true;
        } catch (RuntimeException e) {
            if (LanceErrors.isEmptyDictionary(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Deletes versions older than this that carry no tag. */
    public void removeVersionsOlderThan(Duration age) {
        guard(
                null,
                () -> dataset.cleanupWithPolicy(CleanupPolicy.builder()
                        .withBeforeTimestampMillis(System.currentTimeMillis() - age.toMillis())
                        .withErrorIfTaggedOldVersions(false)
                        .build()));
    }

    /** Names a version, which clean-up then keeps; moves the tag when it exists. */
    public void tag(String tag, long version) {
        guard(null, () -> {
            if (tags().containsKey(tag)) {
                dataset.tags().update(tag, version);
            } else {
                dataset.tags().create(tag, version);
            }
            return null;
        });
    }

    /** All tags and the versions they name. */
    public Map<String, Long> tags() {
        return guard(null, () -> {
            Map<String, Long> tags = new TreeMap<>();
            for (Tag tag : dataset.tags().list()) {
                tags.put(tag.getName(), tag.getVersion());
            }
            return tags;
        });
    }

    /** Makes a new version that equals an old one. */
    public void restore(long version) {
        guard(null, () -> {
            Dataset old = dataset.checkoutVersion(version);
            old.restore();
            replace(old);
            return null;
        });
        refresh();
    }

    /** Deletes the rows that pass the filter. */
    public void delete(String filter) {
        refresh();
        guard(filter, () -> {
            dataset.delete(filter);
            return null;
        });
    }

    /** The table's configuration. */
    public Map<String, String> config() {
        return guard(null, dataset::getConfig);
    }

    /** Adds a key to the table's configuration, or replaces it; one commit. */
    public void setConfig(String key, String value) {
        refresh();
        updateConfig(Map.of(key, value));
    }

    /** Removes keys from the table's configuration; one commit, and none when the table has none of them. */
    public void deleteConfigKeys(Collection<String> keys) {
        refresh();
        HashSet<String> present = new HashSet<>(keys);
        present.retainAll(config().keySet());
        if (!present.isEmpty()) {
            Map<String, String> deletions = new HashMap<>();
            present.forEach(key -> deletions.put(key, null));
            UpdateConfig operation = UpdateConfig.builder()
                    .configUpdates(UpdateMap.builder()
                            .updates(deletions)
                            .replace(false)
                            .build())
                    .build();
            execute(new Transaction.Builder().readVersion(dataset.version()).operation(operation));
        }
    }

    /** Moves this handle to the newest version. */
    public void refresh() {
        guard(null, () -> {
            dataset.checkoutLatest();
            return null;
        });
        schema = null;
    }

    @Override
    public void close() {
        dataset.close();
    }

    private void updateConfig(Map<String, String> updates) {
        UpdateConfig operation = UpdateConfig.builder()
                .configUpdates(
                        UpdateMap.builder().updates(updates).replace(false).build())
                .build();
        execute(new Transaction.Builder().readVersion(dataset.version()).operation(operation));
    }

    private void commit(List<FragmentMetadata> fragments, String jobId) {
        if (fragments.isEmpty()) {
            return;
        }
        Transaction.Builder builder = append(fragments);
        if (jobId != null) {
            builder.transactionProperties(Map.of(JOB_PROPERTY, jobId));
        }
        execute(builder);
    }

    private Transaction.Builder append(List<FragmentMetadata> fragments) {
        return new Transaction.Builder()
                .readVersion(dataset.version())
                .operation(Append.builder().fragments(fragments).build());
    }

    private void execute(Transaction.Builder builder) {
        guard(null, () -> {
            try (Transaction transaction = builder.build()) {
                replace(new CommitBuilder(dataset)
                        .writeParams(database.lanceOptions())
                        .skipAutoCleanup(true)
                        .execute(transaction));
            }
            return null;
        });
    }

    private String jobOf(long version) {
        return guard(null, () -> {
            try (Dataset at = dataset.checkoutVersion(version)) {
                return at.readTransaction()
                        .flatMap(Transaction::transactionProperties)
                        .map(properties -> properties.get(JOB_PROPERTY))
                        .orElse(null);
            } catch (IllegalArgumentException | UnsupportedOperationException e) {
                // Not all transactions of other writers can be shown in Java; an append of ours can.
                return null;
            } catch (RuntimeException e) {
                if (LanceErrors.isUnreadableTransaction(e)) {
                    return null;
                }
                throw e;
            }
        });
    }

    private void createIndex(String column, IndexType type, ScalarIndexParams params) {
        refresh();
        IndexParams index = IndexParams.builder().setScalarIndexParams(params).build();
        guard(
                null,
                () -> dataset.createIndex(IndexOptions.builder(List.of(column), type, index)
                        .withIndexName(column + "_idx")
                        .replace(true)
                        .build()));
    }

    private ScanOptions options(ScanRequest request) {
        ScanOptions.Builder options = new ScanOptions.Builder().batchSize(request.batchSize());
        if (request.columns() != null) {
            options.columns(request.columns());
        }
        if (request.filter() != null) {
            options.filter(request.filter());
        }
        if (request.limit() >= 0) {
            options.limit(request.limit());
        }
        if (request.offset() > 0) {
            options.offset(request.offset());
        }
        if (request.fragmentIds() != null) {
            options.fragmentIds(request.fragmentIds());
        }
        boolean noColumns = request.columns() != null && request.columns().isEmpty();
        // A projection of nothing is refused; the row address alone is not.
        options.withRowAddress(request.withRowAddress() || noColumns);
        return options.build();
    }

    private void replace(Dataset next) {
        Dataset previous = dataset;
        dataset = next;
        schema = null;
        if (previous != next) {
            previous.close();
        }
    }

    private <T> T withStream(Iterator<VectorSchemaRoot> batches, Schema target, NativeWrite<T> write) {
        BufferAllocator allocator = LanceRuntime.allocator();
        RowShape shape = new RowShape(allocator, uri, target, storageVersion());
        try (RowStream rows = RowStream.of(allocator, shape, batches);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, rows, stream);
            return write.run(stream);
        } catch (RuntimeException e) {
            if (shape.failure() != null) {
                throw shape.failure();
            }
            throw new LanceErrors(uri, dataset.version(), null).translate(e);
        }
    }

    private <T> T guard(String filter, NativeCall<T> call) {
        try {
            return call.run();
        } catch (Exception e) { // the native library throws checked exceptions undeclared
            throw new LanceErrors(uri, dataset.version(), filter).translate(e);
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        if (resource != null) {
            try {
                resource.close();
            } catch (Exception e) {
                // The failure that led here is the one worth telling.
                return;
            }
        }
    }

    private interface NativeCall<T> {
        T run() throws Exception;
    }

    private interface NativeWrite<T> {
        T run(ArrowArrayStream stream);
    }
}
