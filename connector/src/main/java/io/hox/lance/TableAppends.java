package io.hox.lance;

import io.hox.HoxException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.Transaction;
import org.lance.WriteParams;
import org.lance.operation.Append;
import org.lance.operation.Operation;

/** Adds rows: first data files that no version refers to, by any number of writers, then one commit that names them all. */
final class TableAppends {
    private static final String JOB_PROPERTY = "hox.job";

    private final OpenTable table;

    TableAppends(OpenTable table) {
        this.table = table;
    }

    /** @throws HoxException on an unknown column, another type, or a null in a required column */
    List<FragmentMetadata> writeFragments(Iterator<VectorSchemaRoot> batches) {
        String version = table.storageVersion();
        return RowStream.send(table, table.schema(), batches, stream -> Fragment.write()
                .datasetUri(table.uri())
                .data(stream)
                .mode(WriteParams.WriteMode.APPEND)
                .dataStorageVersion(version)
                .storageOptions(table.options())
                .execute());
    }

    void commit(List<FragmentMetadata> fragments) {
        commit(fragments, Map.of());
    }

    boolean commit(List<FragmentMetadata> fragments, String jobId) {
        table.refresh();
        if (isCommitted(jobId)) {
            return false;
        }
        commit(fragments, Map.of(JOB_PROPERTY, jobId));
        return true;
    }

    private void commit(List<FragmentMetadata> fragments, Map<String, String> properties) {
        if (!fragments.isEmpty()) {
            table.commit(operation(fragments), properties);
        }
    }

    OpenTable preview(List<FragmentMetadata> fragments) {
        return table.preview(operation(fragments));
    }

    private static Operation operation(List<FragmentMetadata> fragments) {
        return Append.builder().fragments(fragments).build();
    }

    boolean isCommitted(String jobId) {
        List<Long> versions = new TableHistory(table).versions();
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (jobId.equals(jobOf(versions.get(i)))) {
                return true;
            }
        }
        return false;
    }

    /** The job that made a version; null when no job of ours did. */
    private String jobOf(long version) {
        return table.call(null, () -> {
            try (Dataset at = table.dataset().checkoutVersion(version)) {
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
}
