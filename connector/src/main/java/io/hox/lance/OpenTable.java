package io.hox.lance;

import io.hox.HoxException;
import io.hox.store.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.Transaction;
import org.lance.ipc.LanceScanner;
import org.lance.operation.Operation;

/** The version of a table that is open, common to the parts of a {@link LanceTable}: a change moves all of them on. */
final class OpenTable implements Closeable {
    static final int ATTEMPTS = 4;

    private final LanceDatabase database;
    private final String name;
    private final String uri;
    private final boolean detached;
    private Dataset dataset;
    private Schema schema;

    OpenTable(LanceDatabase database, String name, String uri, Dataset dataset) {
        this(database, name, uri, dataset, false);
    }

    private OpenTable(LanceDatabase database, String name, String uri, Dataset dataset, boolean detached) {
        this.database = database;
        this.name = name;
        this.uri = uri;
        this.dataset = dataset;
        this.detached = detached;
    }

    String name() {
        return name;
    }

    String uri() {
        return uri;
    }

    long version() {
        return dataset.version();
    }

    LanceTableRef ref() {
        return new LanceTableRef(database.uri(), name, version(), database.options());
    }

    /** What the library needs to get at the table's files. */
    Map<String, String> options() {
        return database.lanceOptions();
    }

    /** Belongs to this object until the next change. */
    Dataset dataset() {
        return dataset;
    }

    /** See {@link LanceTable#schema()}. */
    Schema schema() {
        if (schema == null) {
            try (LanceScan noRows = scan(ScanRequest.ALL.withLimit(0))) {
                schema = call(null, () -> TableSchema.merge(dataset.getSchema(), noRows));
            }
        }
        return schema;
    }

    private List<String> columns() {
        return schema().getFields().stream().map(Field::getName).toList();
    }

    /** 2.0, 2.1 or 2.2; new rows are written in the same one. */
    String storageVersion() {
        return call(null, dataset::getLanceFileFormatVersion);
    }

    /** A scan exactly as the library does it; {@link TableScans} knows where that is wrong. */
    LanceScan scan(ScanRequest request) {
        LanceErrors errors = errors(request.filter());
        LanceScanner scanner = null;
        try {
            scanner = LanceScanner.create(dataset, request.toLance(this::columns), dataset.allocator());
            return new LanceScan(errors, scanner, scanner.scanBatches());
        } catch (IOException | RuntimeException e) {
            closeQuietly(scanner);
            if (request.columns() != null && LanceErrors.isUnknownColumn(e)) {
                throw errors.unknownColumn(request.columns(), schema(), e);
            }
            throw errors.translate(e);
        }
    }

    /** Runs a call of the library; what it throws comes out as {@link HoxException}. */
    <T> T call(String filter, NativeCall<T> call) {
        try {
            return call.run();
        } catch (Exception e) { // the native library throws checked exceptions undeclared
            throw errors(filter).translate(e);
        }
    }

    /** As {@link #call} for what may be done twice: again where the storage gave no answer. */
    <T> T repeat(NativeCall<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call(null, call);
            } catch (UnansweredException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Messages about this version. */
    LanceErrors errors(String filter) {
        return new LanceErrors(uri, dataset.version(), filter);
    }

    /**
     * Makes the next version by one operation and moves to it.
     *
     * @throws ConflictException when what others committed since this version excludes the operation; nothing was changed
     * @throws UnansweredException when the storage failed on the way; nothing was changed
     */
    void commit(Operation operation) {
        long before = version();
        try (Transaction transaction = transaction(operation).build()) {
            try {
                moveTo(commitBuilder().execute(transaction));
            } catch (Exception e) { // the native library throws checked exceptions undeclared
                // The answer to a successful request may get lost on its way; a repeated request then meets itself.
                if (!isCommitted(transaction.uuid(), before)) {
                    throw errors(null).translate(e);
                }
            }
        } catch (RuntimeException e) {
            throw errors(null).translate(e);
        }
    }

    /** Whether a transaction became a version after this one. Moves to the newest version. */
    private boolean isCommitted(String uuid, long after) {
        refresh();
        for (long at = version(); at > after; at--) {
            if (uuid.equals(transactionOf(at))) {
                return true;
            }
        }
        return false;
    }

    /** The uuid of the transaction that made a version; null when it can't be told. */
    private String transactionOf(long version) {
        try (Dataset at = dataset.checkoutVersion(version)) {
            return at.readTransaction().map(Transaction::uuid).orElse(null);
        } catch (Exception e) {
            // Not all transactions of other writers can be shown in Java; ours can.
            return null;
        }
    }

    /** The table as the operation would leave it, in a version that is nobody's and goes when it is closed. */
    OpenTable preview(Operation operation) {
        return call(null, () -> {
            try (Transaction transaction = transaction(operation).build()) {
                return new OpenTable(
                        database, name, uri, commitBuilder().detached(true).execute(transaction), true);
            }
        });
    }

    private Transaction.Builder transaction(Operation operation) {
        return new Transaction.Builder().readVersion(version()).operation(operation);
    }

    // Without clean-up: versions may go only after those that snapshots need have been tagged.
    private CommitBuilder commitBuilder() {
        return new CommitBuilder(dataset).writeParams(options()).skipAutoCleanup(true);
    }

    /** Replaces the version that is open; closes the one before. */
    void moveTo(Dataset next) {
        Dataset previous = dataset;
        dataset = next;
        schema = null;
        if (previous != next) {
            previous.close();
        }
    }

    /** Moves to the newest version. */
    void refresh() {
        call(null, () -> {
            dataset.checkoutLatest();
            return null;
        });
        schema = null;
    }

    @Override
    public void close() {
        if (!detached) {
            dataset.close();
            return;
        }
        // Lance's own clean-up never takes the manifests of such versions.
        String manifest = "_versions/d" + Long.toUnsignedString(version()) + ".manifest";
        dataset.close();
        try (ObjectStore files = ObjectStore.open(uri, database.options())) {
            files.delete(manifest);
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

    /** A call that may fail in any way. */
    interface NativeCall<T> {
        T run() throws Exception;
    }
}
