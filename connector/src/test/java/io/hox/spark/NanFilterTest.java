package io.hox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceRuntime;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import io.hox.testing.SparkTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zeros of either sign, NaN of either sign and infinities compare in Lance as in Spark. */
class NanFilterTest {
    private static final double NEGATIVE_NAN = Double.longBitsToDouble(0xfff8000000000000L);
    private static final Double[] VALUES = {
        1.0, -1.0, 0.0, -0.0, Double.NaN, NEGATIVE_NAN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, null
    };

    @Test
    void comparisonsFollowSpark(@TempDir Path directory) {
        Field single = Field.nullable("x", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
        Field twice = Field.nullable("x", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
        for (Field field : List.of(twice, single)) {
            String name = field == twice ? "doubles" : "floats";
            try (LanceTable table = table(directory, name, field)) {
                org.apache.spark.sql.types.DataType type = SparkTypes.of(field);
                Dataset<Row> copy = copy(type);
                FilterColumn column = FilterColumn.plain("`x`", type, field);
                for (String operator : List.of("=", "<>", "<", "<=", ">", ">=")) {
                    for (Double value : VALUES) {
                        if (value != null) {
                            String sql = LanceLiterals.compare(column, operator, value);
                            if (sql != null) {
                                String literal = type.sql() + "('" + value + "')";
                                assertSame(table, copy, sql, "x " + operator + " " + literal);
                                assertSame(table, copy, "NOT " + sql, "NOT (x " + operator + " " + literal + ")");
                            }
                        }
                    }
                }
                assertSame(table, copy, LanceLiterals.in(column, List.of(0.0, Double.NaN)), "x IN (0, double('NaN'))");
            }
        }
    }

    private static void assertSame(LanceTable table, Dataset<Row> copy, String lance, String spark) {
        List<Long> found = new ArrayList<>();
        try (LanceScan scan = table.scan(
                ScanRequest.ALL.withColumns(List.of()).withFilter(lance).withRowAddresses())) {
            while (scan.next()) {
                for (int i = 0; i < scan.batch().getRowCount(); i++) {
                    found.add((Long) scan.batch().getVector("_rowaddr").getObject(i));
                }
            }
        }
        List<Long> expected = new ArrayList<>();
        copy.where(spark).select("i").collectAsList().forEach(row -> expected.add(row.getLong(0)));
        assertThat(found).as("%s / %s", lance, spark).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Dataset<Row> copy(org.apache.spark.sql.types.DataType type) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < VALUES.length; i++) {
            Object value =
                    VALUES[i] == null || type == DataTypes.DoubleType ? VALUES[i] : (Object) VALUES[i].floatValue();
            rows.add(org.apache.spark.sql.RowFactory.create((long) i, value));
        }
        StructType schema = new StructType().add("i", DataTypes.LongType).add("x", type);
        return SparkTest.spark().createDataFrame(rows, schema);
    }

    private static LanceTable table(Path directory, String name, Field field) {
        Schema schema = new Schema(List.of(field));
        LanceTable table = LanceDatabase.open(directory.toString(), Map.of()).create(name, schema);
        try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, LanceRuntime.allocator())) {
            root.allocateNew();
            for (int i = 0; i < VALUES.length; i++) {
                if (VALUES[i] == null) {
                    continue;
                }
                if (root.getVector("x") instanceof Float8Vector doubles) {
                    doubles.setSafe(i, VALUES[i]);
                } else {
                    ((Float4Vector) root.getVector("x")).setSafe(i, VALUES[i].floatValue());
                }
            }
            root.setRowCount(VALUES.length);
            table.append(root);
        }
        return table;
    }
}
