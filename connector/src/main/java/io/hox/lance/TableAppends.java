package io.hox.lance;

import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.WriteParams;
import org.lance.operation.Append;
import org.lance.operation.Operation;

/** Adds rows: first data files that no version refers to, by any number of writers, then one commit that names them all. */
final class TableAppends {
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

    /** Adds fragments whatever others do meanwhile. */
    void commit(List<FragmentMetadata> fragments) {
        if (!fragments.isEmpty()) {
            table.commit(operation(fragments));
        }
    }

    OpenTable preview(List<FragmentMetadata> fragments) {
        return table.preview(operation(fragments));
    }

    private static Operation operation(List<FragmentMetadata> fragments) {
        return Append.builder().fragments(fragments).build();
    }
}
