package io.hox.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.FragmentMetadata;

/** What Lance must do for changes to exclude one another: a new release has to pass this first. */
class ExclusiveChangeTest {
    private static final Schema UIDS = new Schema(List.of(Field.notNullable("uid", ArrowType.Utf8.INSTANCE)));

    @TempDir
    Path directory;

    private LanceDatabase database;
    private LanceTable first;
    private LanceTable second;

    @BeforeEach
    void open() {
        database = LanceDatabase.open(directory.toString(), Map.of());
        first = database.create("cells", UIDS);
        second = database.open("cells");
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void ofTwoChangesOfOneVersionOneFails() {
        for (String uid : List.of("empty table", "filled table")) {
            refresh();
            long before = first.version();
            first.change(null, rows(first, uid));
            assertThatThrownBy(() -> second.change(null, rows(second, uid)))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("another writer changed")
                    .hasMessageContaining(second.uri());
            second.refresh();
            assertThat(second.version()).isEqualTo(before + 1);
            second.change(null, rows(second, "after " + uid));
        }
        assertThat(uids()).containsExactly("empty table", "after empty table", "filled table", "after filled table");
    }

    @Test
    void aChangeStandsAsideForEveryOtherKindOfCommit() {
        first.change(null, rows(first, "a", "b"));
        refresh();
        OtherSoftware.append(first, rows(first, "appended"));
        second.change(null, rows(second, "c"));
        refresh();
        OtherSoftware.delete(first, "uid = 'a'");
        second.change(null, rows(second, "d"));
        refresh();
        first.config().set("key", "value");
        second.change(null, rows(second, "e"));
        refresh();
        OtherSoftware.merge(first, "uid", batch("f"));
        second.change(null, rows(second, "g"));
        refresh();
        first.maintenance().createBTree("uid");
        second.change(null, rows(second, "h"));
        refresh();
        first.maintenance().compact();
        second.change(null, rows(second, "i"));
        assertThat(uids()).containsExactlyInAnyOrder("appended", "b", "c", "d", "e", "f", "g", "h", "i");
        assertThat(first.countRows("uid = 'i'")).isEqualTo(1);
        assertThat(first.countRows("uid = 'h'")).isEqualTo(1);
    }

    @Test
    void rowsAreRemovedAndAddedInOneVersion() {
        first.change(null, rows(first, "a1", "b1", "a2"));
        first.change(null, rows(first, "a3", "a4"));
        long before = first.version();
        assertThat(first.change("uid LIKE 'a%'", rows(first, "a1", "a5"))).isEqualTo(4);
        assertThat(first.version()).isEqualTo(before + 1);
        assertThat(uids()).containsExactly("b1", "a1", "a5");
        assertThat(first.change("uid LIKE 'a%'", List.of())).isEqualTo(2);
        assertThat(uids()).containsExactly("b1");
        try (LanceTable old = database.open("cells", before)) {
            assertThat(uids(old)).containsExactly("a1", "b1", "a2", "a3", "a4");
        }
    }

    @Test
    void deletionsAddUp() {
        first.change(null, rows(first, "a", "b", "c", "d"));
        first.change("uid = 'b'", List.of());
        first.change("uid = 'c'", List.of());
        assertThat(uids()).containsExactly("a", "d");
        second.refresh();
        first.change("uid = 'a'", List.of());
        assertThatThrownBy(() -> second.change("uid = 'd'", List.of())).isInstanceOf(ConflictException.class);
        second.refresh();
        assertThat(second.change("uid IN ('a', 'd')", List.of())).isEqualTo(1);
        assertThat(uids()).isEmpty();
    }

    @Test
    void rowsThatMovedMeanwhileAreAConflict() {
        first.change(null, rows(first, "a", "b"));
        first.change(null, rows(first, "c", "d"));
        refresh();
        first.maintenance().compact();
        assertThat(first.fragments()).hasSize(1);
        assertThatThrownBy(() -> second.change("uid = 'c'", List.of())).isInstanceOf(ConflictException.class);
        refresh();
        second.change("uid = 'c'", List.of());
        assertThat(uids()).containsExactly("a", "b", "d");
        refresh();
        OtherSoftware.delete(first, "uid = 'a'");
        assertThatThrownBy(() -> second.change("uid = 'b'", List.of())).isInstanceOf(ConflictException.class);
        assertThat(uids()).containsExactly("b", "d");
    }

    private void refresh() {
        first.refresh();
        second.refresh();
    }

    private List<String> uids() {
        first.refresh();
        return uids(first);
    }

    private static List<String> uids(LanceTable table) {
        List<String> uids = new ArrayList<>();
        try (LanceScan scan = table.scan(ScanRequest.ALL)) {
            while (scan.next()) {
                VarCharVector vector = (VarCharVector) scan.batch().getVector("uid");
                for (int i = 0; i < scan.batch().getRowCount(); i++) {
                    uids.add(vector.getObject(i).toString());
                }
            }
        }
        return uids;
    }

    private static List<FragmentMetadata> rows(LanceTable table, String... uids) {
        try (VectorSchemaRoot batch = batch(uids)) {
            return table.writeFragments(batch);
        }
    }

    private static VectorSchemaRoot batch(String... uids) {
        VectorSchemaRoot root = VectorSchemaRoot.create(UIDS, LanceRuntime.allocator());
        for (int i = 0; i < uids.length; i++) {
            ((VarCharVector) root.getVector("uid")).setSafe(i, uids[i].getBytes(StandardCharsets.UTF_8));
        }
        root.setRowCount(uids.length);
        return root;
    }
}
