package io.hox.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lance.FragmentMetadata;

class WriteTest {
    private static final ArrowType UTF8 = new ArrowType.Utf8();
    private static final ArrowType INT64 = new ArrowType.Int(64, true);
    private static final Schema CELLS = new Schema(List.of(
            field("uid", false, UTF8),
            new Field(
                    "rna",
                    new FieldType(
                            true, new ArrowType.Struct(), null, Map.of("homeobox.feature_space", "gene_expression")),
                    List.of(field("zarr_group", true, UTF8), field("start", true, INT64))),
            new Field(
                    "technology",
                    new FieldType(true, UTF8, new DictionaryEncoding(0, false, new ArrowType.Int(32, true)), Map.of()),
                    null),
            field("rank", true, INT64),
            field("tags", true, new ArrowType.List(), field("item", true, UTF8))));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "2.1", "2.2"})
    void rowsComeBackFromEveryStorageVersion(String storage) {
        try (LanceDatabase db = database();
                LanceTable table = db.create("cells", CELLS, storage);
                VectorSchemaRoot rows = cells("a", 6)) {
            assertThat(table.schema()).isEqualTo(CELLS);
            table.append(rows);
            table.append(rows);
            assertThat(table.storageVersion()).isEqualTo(storage);
            assertThat(table.countRows(null)).isEqualTo(12);
            // Odd rows have a null struct above children that hold values.
            assertThat(table.countRows("rna.zarr_group IS NOT NULL")).isEqualTo(6);
            assertThat(table.countRows("rna.start IS NOT NULL")).isEqualTo(6);
            assertThat(table.countRows(LanceSql.dictionaryColumn("technology") + " = 'tech1'"))
                    .isEqualTo(4);
            assertThat(table.countRows("tags IS NULL")).isEqualTo(12);
        }
    }

    @Test
    void nullStructsStayNullStructsInNewTables() {
        try (LanceDatabase db = database();
                LanceTable table = db.create("cells", CELLS);
                VectorSchemaRoot rows = cells("a", 6)) {
            table.append(rows);
            assertThat(table.storageVersion()).isEqualTo("2.2");
            assertThat(table.countRows("rna IS NULL")).isEqualTo(3);
        }
    }

    @Test
    void aPreviewLeavesNothingBehind() throws IOException {
        try (LanceDatabase db = database();
                LanceTable table = db.create("cells", CELLS);
                VectorSchemaRoot rows = cells("a", 5)) {
            List<FragmentMetadata> fragments = table.writeFragments(rows);
            try (LanceTable preview = table.preview(fragments)) {
                assertThat(preview.countRows(null)).isEqualTo(5);
            }
            assertThat(table.countRows(null)).isZero();
            try (Stream<Path> manifests = Files.list(Path.of(table.uri()).resolve("_versions"))) {
                assertThat(manifests.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.startsWith("d"));
            }
        }
    }

    @Test
    void parallelFragmentsBecomeVisibleInOneCommit() throws Exception {
        try (LanceDatabase db = database();
                LanceTable table = db.create("cells", CELLS)) {
            LanceTableRef ref = table.ref();
            List<FragmentMetadata> fragments = new ArrayList<>();
            ExecutorService executor = Executors.newFixedThreadPool(2);
            try {
                List<Future<List<FragmentMetadata>>> tasks = new ArrayList<>();
                for (int task = 0; task < 4; task++) {
                    String prefix = "t" + task;
                    tasks.add(executor.submit(() -> {
                        try (LanceTable mine = serialised(ref).open();
                                VectorSchemaRoot rows = cells(prefix, 5)) {
                            return serialised(mine.writeFragments(rows));
                        }
                    }));
                }
                for (Future<List<FragmentMetadata>> task : tasks) {
                    fragments.addAll(task.get());
                }
            } finally {
                executor.shutdown();
            }
            assertThat(table.countRows(null)).isZero();
            long before = table.version();
            assertThat(table.change(null, fragments)).isZero();
            assertThat(table.version()).isEqualTo(before + 1);
            assertThat(table.countRows(null)).isEqualTo(20);
            assertThat(table.fragments()).hasSize(4);
        }
    }

    @Test
    void rowsThatDoNotFitAreRefusedAndNothingChanges() {
        try (LanceDatabase db = database();
                LanceTable table = db.create("cells", CELLS);
                VectorSchemaRoot rows = cells("a", 3)) {
            ((VarCharVector) rows.getVector("uid")).setNull(1);
            assertThatThrownBy(() -> table.append(rows))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("[uid]")
                    .hasMessageContaining("1 of 3");
            try (VectorSchemaRoot wrong = strings("uid", "tissue")) {
                assertThatThrownBy(() -> table.append(wrong)).hasMessageContaining("no column [tissue]");
            }
            try (VectorSchemaRoot wrong = strings("uid", "rank")) {
                assertThatThrownBy(() -> table.append(wrong))
                        .hasMessageContaining("[rank]")
                        .hasMessageContaining("Utf8");
            }
            try (VectorSchemaRoot wrong = strings("rank")) {
                assertThatThrownBy(() -> table.append(wrong)).isInstanceOf(HoxException.class);
            }
            assertThat(table.history().versions()).containsExactly(1L);
        }
    }

    @Test
    void deletedRowsDisappearAndOldVersionsCanBeRestored() {
        try (LanceDatabase db = database();
                LanceTable table = db.create("cells", CELLS);
                VectorSchemaRoot rows = cells("a", 6)) {
            table.append(rows);
            long full = table.version();
            table.change("rank < 2", List.of());
            assertThat(table.countRows(null)).isEqualTo(4);
            assertThat(table.fragments()).containsExactly(new FragmentInfo(0, 6, 4));
            table.history().restore(full);
            assertThat(table.version()).isGreaterThan(full + 1);
            assertThat(table.countRows(null)).isEqualTo(6);
        }
    }

    @Test
    void taggedVersionsSurviveCompactionAndCleanUp() {
        try (LanceDatabase db = database();
                LanceTable table = db.create("cells", CELLS)) {
            for (int i = 0; i < 4; i++) {
                try (VectorSchemaRoot rows = cells("a" + i, 5)) {
                    table.append(rows);
                }
            }
            table.history().tag("hox-0", 3);
            table.history().tag("moved", 2);
            table.history().tag("moved", 3);
            assertThat(table.history().tags()).containsExactlyInAnyOrderEntriesOf(Map.of("hox-0", 3L, "moved", 3L));
            table.maintenance().createBTree("uid");
            table.maintenance().compact();
            assertThat(table.fragments()).hasSize(1);
            table.history().removeOlderThan(Duration.ZERO);
            assertThat(table.history().versions()).contains(3L, table.version()).doesNotContain(1L, 2L);
            try (LanceTable old = db.open("cells", 3)) {
                assertThat(old.countRows(null)).isEqualTo(10);
            }
            assertThatThrownBy(() -> db.open("cells", 2)).hasMessageContaining("no longer exists");
        }
    }

    @Test
    void indexesAreUsedAndReplaced() {
        try (LanceDatabase db = database();
                LanceTable table = db.create("cells", CELLS);
                VectorSchemaRoot rows = cells("a", 6)) {
            table.append(rows);
            table.maintenance().createBTree("uid");
            table.maintenance().createBTree("uid");
            assertThat(table.maintenance().indexes()).containsExactly("uid_idx");
            assertThat(table.countRows("uid = 'a-3'")).isEqualTo(1);
            table.maintenance().createFullText("uid");
            assertThat(table.countRows("uid = 'a-3'")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"g2a_homeobox027", "multimodal_lance21", "multimodal", "pbmc_two_datasets"})
    void tablesOfOtherWritersAreExtendedInTheirOwnShape(String atlas) {
        try (LanceDatabase db = Fixtures.copy(atlas, directory);
                LanceTable cells = db.open("cells")) {
            Schema schema = cells.schema();
            String storage = cells.storageVersion();
            long rows = cells.countRows(null);
            cells.history().tag("before", cells.version());
            cells.config().delete(List.of("lance.auto_cleanup.interval", "lance.auto_cleanup.older_than", "not.there"));
            assertThat(cells.config().entries().keySet()).noneMatch(key -> key.startsWith("lance.auto_cleanup"));
            try (LanceScan scan = cells.scan(ScanRequest.ALL.withLimit(3))) {
                while (scan.next()) {
                    try (VectorSchemaRoot copy = decoded(scan)) {
                        cells.append(copy);
                    }
                }
            }
            assertThat(cells.countRows(null)).isEqualTo(rows + 3);
            assertThat(cells.schema()).isEqualTo(schema);
            assertThat(cells.storageVersion()).isEqualTo(storage);
        }
    }

    @Test
    void partsWithoutAnyEnumValueAreReadAndFilteredAndStayInPlace() {
        try (LanceDatabase db = database();
                LanceTable table = db.create("cells", CELLS);
                VectorSchemaRoot with = cells("a", 3);
                VectorSchemaRoot without = strings("uid")) {
            table.append(with);
            table.append(without);
            table.append(without);
            String technology = LanceSql.dictionaryColumn("technology");
            assertThat(table.countRows(technology + " = 'tech1'")).isEqualTo(1);
            assertThat(table.countRows(technology + " IS NULL")).isEqualTo(3);
            assertThat(table.maintenance().compact()).isFalse();
            assertThat(table.countRows(technology + " = 'tech1'")).isEqualTo(1);
            assertThat(table.countRows(null)).isEqualTo(5);
        }
    }

    /** The batch without its dictionary columns: a caller has plain strings or nothing there. */
    private static VectorSchemaRoot decoded(LanceScan scan) {
        List<FieldVector> vectors = new ArrayList<>();
        int rows = scan.batch().getRowCount();
        for (FieldVector vector : scan.batch().getFieldVectors()) {
            if (scan.dictionary(vector) == null) {
                var pair = vector.getTransferPair(LanceRuntime.allocator());
                pair.splitAndTransfer(0, rows);
                vectors.add((FieldVector) pair.getTo());
            }
        }
        VectorSchemaRoot root = new VectorSchemaRoot(vectors);
        root.setRowCount(rows);
        return root;
    }

    private LanceDatabase database() {
        return LanceDatabase.open(directory.resolve("db").toString(), Map.of());
    }

    private static VectorSchemaRoot cells(String prefix, int rows) {
        VectorSchemaRoot root = VectorSchemaRoot.create(
                new Schema(List.of(
                        field("rank", true, INT64),
                        field("uid", true, UTF8),
                        field(
                                "rna",
                                true,
                                new ArrowType.Struct(),
                                field("zarr_group", true, UTF8),
                                field("start", true, INT64)),
                        field("technology", true, UTF8))),
                LanceRuntime.allocator());
        root.allocateNew();
        StructVector rna = (StructVector) root.getVector("rna");
        for (int i = 0; i < rows; i++) {
            ((BigIntVector) root.getVector("rank")).setSafe(i, i);
            ((VarCharVector) root.getVector("uid")).setSafe(i, bytes(prefix + "-" + i));
            ((VarCharVector) rna.getChild("zarr_group")).setSafe(i, bytes("group"));
            ((BigIntVector) rna.getChild("start")).setSafe(i, i);
            if (i % 2 == 0) {
                rna.setIndexDefined(i);
            } else {
                rna.setNull(i);
            }
            if (i != 2) {
                ((VarCharVector) root.getVector("technology")).setSafe(i, bytes("tech" + i % 3));
            }
        }
        root.setRowCount(rows);
        return root;
    }

    private static VectorSchemaRoot strings(String... columns) {
        List<Field> fields = new ArrayList<>();
        for (String column : columns) {
            fields.add(field(column, true, UTF8));
        }
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(fields), LanceRuntime.allocator());
        root.allocateNew();
        root.getFieldVectors().forEach(v -> ((VarCharVector) v).setSafe(0, bytes("x")));
        root.setRowCount(1);
        return root;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Field field(String name, boolean nullable, ArrowType type, Field... children) {
        return new Field(name, new FieldType(nullable, type, null, Map.of()), List.of(children));
    }

    @SuppressWarnings("unchecked")
    private static <T> T serialised(T value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
