package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random aggregations that Lance does give what Spark finds in a copy. */
class AggregatePropertiesTest {
    private static final int QUERIES = 30;

    static List<org.junit.jupiter.params.provider.Arguments> tables() {
        return FilterPropertiesTest.tables().toList();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("tables")
    void pushedAggregatesAreSparks(String atlas, String table, List<String> columns) {
        Random random = new Random(20_241_113);
        Dataset<Row> all = read(atlas, "obsTable", table);
        List<String> names = new ArrayList<>();
        List<String> flat = new ArrayList<>(List.of("uid"));
        for (String column : columns) {
            String name = column.substring(0, column.indexOf(':'));
            flat.add(name + " as `" + name.replace('.', '_') + "`");
            boolean number =
                    all.select(name).schema().fields()[0].dataType().typeName().equals("double");
            if (!name.contains(".") && !number) {
                names.add(name);
            }
        }
        Dataset<Row> copy = FilterTest.local(all.selectExpr(flat.toArray(new String[0])));
        int pushed = 0;
        for (int i = 0; i < QUERIES; i++) {
            String splitBytes = List.of("1g", "2000", "700").get(random.nextInt(3));
            String condition = random.nextInt(3) == 0 ? "true" : FilterPropertiesTest.condition(random, columns, 2);
            List<Column> keys = columns(names, random, random.nextInt(4));
            List<Column> measures = measures(names, random);
            String query = keys + " " + measures + " where " + condition + " in " + splitBytes;
            Dataset<Row> found = aggregate(
                    read(atlas, "obsTable", table, "splitBytes", splitBytes).where(condition), keys, measures);
            Dataset<Row> expected =
                    aggregate(copy.where(FilterPropertiesTest.flat(condition, columns)), keys, measures);
            assertThat(sorted(found)).as(query).isEqualTo(sorted(expected));
            assertThat(found.schema().equals(expected.schema())).as(query).isTrue();
            String plan = found.queryExecution().optimizedPlan().toString();
            if (plan.contains("COUNT(*)")) {
                pushed++;
            }
        }
        assertThat(pushed).isGreaterThan(QUERIES / 2);
    }

    private static List<Column> columns(List<String> names, Random random, int count) {
        List<String> some = new ArrayList<>(names);
        Collections.shuffle(some, random);
        return some.subList(0, Math.min(count, some.size())).stream()
                .map(functions::col)
                .toList();
    }

    private static List<Column> measures(List<String> names, Random random) {
        List<Column> measures = new ArrayList<>();
        measures.add(functions.count(functions.lit(1)).as("rows"));
        for (int i = random.nextInt(4); i > 0; i--) {
            Column column = functions.col(names.get(random.nextInt(names.size())));
            String name = "m" + i;
            switch (random.nextInt(3)) {
                case 0 -> measures.add(functions.count(column).as(name));
                case 1 -> measures.add(functions.min(column).as(name));
                default -> measures.add(functions.max(column).as(name));
            }
        }
        return measures;
    }

    private static Dataset<Row> aggregate(Dataset<Row> rows, List<Column> keys, List<Column> measures) {
        return rows.groupBy(keys.toArray(new Column[0]))
                .agg(measures.get(0), measures.subList(1, measures.size()).toArray(new Column[0]));
    }

    private static List<String> sorted(Dataset<Row> rows) {
        List<String> sorted = new ArrayList<>();
        rows.collectAsList().forEach(row -> sorted.add(row.mkString("/")));
        Collections.sort(sorted);
        return sorted;
    }
}
