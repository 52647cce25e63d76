package io.hox.lance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.S3Server;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Lance puts a version's manifest into S3 only if there is none (If-None-Match), so commits exclude one another. */
class S3CommitTest {
    private static final Schema UIDS = new Schema(List.of(Field.notNullable("uid", ArrowType.Utf8.INSTANCE)));
    private static final int THREADS = 4;
    private static final int COMMITS = 6;

    @Test
    void everyCommitOfManyWritersIsAVersionOfItsOwn() throws Exception {
        S3Server server = S3Server.running();
        LanceDatabase database = LanceDatabase.open("s3a://" + server.bucket() + "/db", server.options());
        database.create("cells", UIDS).close();
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                String prefix = i + "-";
                writers.add(executor.submit(() -> insert(database, prefix)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            executor.shutdown();
        }
        try (LanceTable table = database.open("cells")) {
            assertThat(table.countRows(null)).isEqualTo(THREADS * COMMITS);
            assertThat(table.version()).isEqualTo(1 + THREADS * COMMITS);
        }
    }

    @Test
    void aCommitWhoseAnswerGotLostCountsOnce() {
        S3Server server = S3Server.running();
        LanceDatabase database = LanceDatabase.open("s3a://" + server.bucket() + "/db", server.options());
        try (LanceTable table = database.create("cells", UIDS);
                VectorSchemaRoot rows = VectorSchemaRoot.create(UIDS, LanceRuntime.allocator())) {
            ((VarCharVector) rows.getVector("uid")).setSafe(0, new byte[] {'x'});
            rows.setRowCount(1);
            server.requests().loseAnswers("cells.lance/_versions/", 1);
            table.append(rows);
            assertThat(table.version()).isEqualTo(2);
            assertThat(table.countRows(null)).isEqualTo(1);
        } finally {
            server.requests().loseAnswers("", 0);
        }
    }

    private static void insert(LanceDatabase database, String prefix) {
        try (LanceTable table = database.open("cells");
                VectorSchemaRoot rows = VectorSchemaRoot.create(UIDS, LanceRuntime.allocator())) {
            for (int commits = 0; commits < COMMITS; ) {
                byte[] uid = (prefix + commits).getBytes(StandardCharsets.UTF_8);
                ((VarCharVector) rows.getVector("uid")).setSafe(0, uid);
                rows.setRowCount(1);
                table.refresh();
                try {
                    table.append(rows);
                    commits++;
                } catch (ConflictException e) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
