package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.GoldenParquet;
import io.hox.testing.Shared;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of every obs table in every version, as the original software returned them, in its order. */
class GoldenObsTest {

    static Stream<Arguments> tables() {
        List<Arguments> tables = new ArrayList<>();
        for (String atlas : Shared.ATLASES) {
            for (int version = 0; version < 2; version++) {
                File[] files = Shared.golden(atlas, "versions.json")
                        .resolveSibling("v" + version)
                        .toFile()
                        .listFiles((directory, name) -> name.startsWith("obs_"));
                for (File file : files == null ? new File[0] : files) {
                    String table = file.getName().substring(4).replace(".parquet", "");
                    tables.add(Arguments.of(atlas, version, table));
                }
            }
        }
        return tables.stream();
    }

    @ParameterizedTest(name = "{0} version {1} table {2}")
    @MethodSource("tables")
    void metadataEqualsTheOriginals(String atlas, int version, String table) {
        Path golden = Shared.golden(atlas, "v" + version + "/obs_" + table + ".parquet");
        List<Map<String, Object>> expected = GoldenParquet.read(golden);
        Dataset<Row> cells = read(atlas, "version", "" + version, "obsTable", table);
        String[] columns = expected.get(0).keySet().toArray(new String[0]);

        Dataset<Row> obs = cells.select(columns[0], Arrays.copyOfRange(columns, 1, columns.length));

        assertRows(Rows.plain(obs.collectAsList()), expected);
        assertThat(cells.count()).isEqualTo(expected.size());
    }

    @ParameterizedTest(name = "{0} version {1} table {2}")
    @MethodSource("tables")
    void pointersEqualTheOriginals(String atlas, int version, String table) {
        Path golden = Shared.golden(atlas, "v" + version + "/pointers_" + table + ".parquet");
        List<Map<String, Object>> expected = GoldenParquet.read(golden);
        Dataset<Row> cells = read(atlas, "version", "" + version, "obsTable", table);
        List<String> names = new ArrayList<>(List.of("uid"));
        for (org.apache.spark.sql.types.StructField field : cells.schema().fields()) {
            if (field.dataType() instanceof org.apache.spark.sql.types.StructType) {
                names.add(field.name() + ".zarr_group as `" + field.name() + ".zarr_group`");
                if (List.of(((org.apache.spark.sql.types.StructType) field.dataType()).fieldNames())
                        .contains("zarr_row")) {
                    names.add(field.name() + ".zarr_row as `" + field.name() + ".zarr_row`");
                }
            }
        }

        List<Map<String, Object>> actual =
                Rows.plain(cells.selectExpr(names.toArray(new String[0])).collectAsList());

        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            for (Map.Entry<String, Object> value : actual.get(i).entrySet()) {
                String name = value.getKey();
                if (!Objects.equals(value.getValue(), expectedPointer(expected.get(i), name))) {
                    assertThat(actual.get(i)).as("row %d", i).isEqualTo(expected.get(i));
                }
            }
        }
    }

    private static Object expectedPointer(Map<String, Object> row, String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return row.get(name);
        }
        String column = name.substring(0, dot);
        Object group = row.get(column + ".zarr_group");
        if (group == null || group.equals("")) {
            return null;
        }
        Object position = row.get(column + ".position");
        return name.endsWith(".zarr_row") && position != null ? position : row.get(name);
    }

    static void assertRows(List<Map<String, Object>> actual, List<Map<String, Object>> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            for (Map.Entry<String, Object> value : expected.get(i).entrySet()) {
                if (!Objects.deepEquals(actual.get(i).get(value.getKey()), value.getValue())) {
                    assertThat(actual.get(i)).as("row %d", i).isEqualTo(expected.get(i));
                }
            }
        }
    }
}
