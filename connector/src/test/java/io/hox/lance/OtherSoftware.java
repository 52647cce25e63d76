package io.hox.lance;

import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.FragmentMetadata;
import org.lance.Transaction;
import org.lance.merge.MergeInsertParams;
import org.lance.operation.Append;

/** Changes a table as writers do that know nothing of hox: blindly, on its newest version. */
final class OtherSoftware {
    private OtherSoftware() {}

    static void append(LanceTable table, List<FragmentMetadata> fragments) {
        try (Dataset dataset = open(table);
                Transaction transaction = new Transaction.Builder()
                        .readVersion(dataset.version())
                        .operation(Append.builder().fragments(fragments).build())
                        .build()) {
            new CommitBuilder(dataset).execute(transaction).close();
        }
    }

    static void delete(LanceTable table, String filter) {
        try (Dataset dataset = open(table)) {
            dataset.delete(filter);
        }
    }

    /** Inserts the rows whose key is not there. */
    static void merge(LanceTable table, String key, VectorSchemaRoot rows) {
        try (Dataset dataset = open(table);
                ArrowReader reader = new OneBatch(rows);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(LanceRuntime.allocator())) {
            Data.exportArrayStream(LanceRuntime.allocator(), reader, stream);
            dataset.mergeInsert(new MergeInsertParams(List.of(key)), stream)
                    .dataset()
                    .close();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Dataset open(LanceTable table) {
        return Dataset.open().uri(table.uri()).build();
    }

    private static final class OneBatch extends ArrowReader {
        private final VectorSchemaRoot rows;
        private boolean read;

        OneBatch(VectorSchemaRoot rows) {
            super(LanceRuntime.allocator());
            this.rows = rows;
        }

        @Override
        public boolean loadNextBatch() {
            boolean first = !read;
            read = true;
            return first;
        }

        @Override
        public VectorSchemaRoot getVectorSchemaRoot() {
            return rows;
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        protected void closeReadSource() {
            // The rows stay the caller's.
        }

        @Override
        protected org.apache.arrow.vector.types.pojo.Schema readSchema() {
            return rows.getSchema();
        }
    }
}
