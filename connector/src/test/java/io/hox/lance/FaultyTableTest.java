package io.hox.lance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.FaultyS3;
import io.hox.testing.FaultyS3.Fault;
import io.hox.testing.S3Server;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A commit through a bad network happens once. */
@Timeout(120)
class FaultyTableTest {
    private static final Schema SCHEMA = new Schema(List.of(Field.nullable("n", new ArrowType.Int(64, true))));

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFifthRequestMayFail(Fault fault) {
        S3Server server = S3Server.running();
        String bucket = server.bucket();
        try (FaultyS3 way = FaultyS3.to(server).failing(5, fault)) {
            Map<String, String> options = way.options();
            try (LanceDatabase database = LanceDatabase.open("s3a://" + bucket + "/db", options);
                    LanceTable table = database.create("t", SCHEMA)) {
                for (int i = 0; i < 8; i++) {
                    append(table, i);
                }
                try (LanceTable again = database.open("t")) {
                    assertThat(again.countRows(null)).isEqualTo(8);
                    assertThat(again.countRows("n >= 5")).isEqualTo(3);
                }
            }
            assertThat(way.faults()).isGreaterThan(5);
        }
    }

    private static void append(LanceTable table, long number) {
        try (VectorSchemaRoot rows = VectorSchemaRoot.create(SCHEMA, LanceRuntime.allocator())) {
            rows.allocateNew();
            ((BigIntVector) rows.getVector("n")).setSafe(0, number);
            rows.setRowCount(1);
            for (int attempt = 1; ; attempt++) {
                try {
                    table.append(rows);
                    return;
                } catch (UnansweredException e) {
                    // It says that the row is not there.
                    assertThat(attempt).isLessThan(4);
                }
            }
        }
    }
}
