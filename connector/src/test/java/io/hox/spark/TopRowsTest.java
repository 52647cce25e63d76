package io.hox.spark;

import static io.hox.testing.SparkTest.metric;
import static io.hox.testing.SparkTest.read;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ORDER BY with LIMIT finds the cells that Spark finds in a copy, and reads no others. */
class TopRowsTest {
    private static final int QUERIES = 25;

    static List<Arguments> tables() {
        return FilterPropertiesTest.tables().toList();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("tables")
    void firstRowsAreSparks(String atlas, String table, List<String> columns) {
        Random random = new Random(20_250_102);
        List<String> flat = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String column : columns) {
            String name = column.substring(0, column.indexOf(':'));
            flat.add(name + " as `" + name.replace('.', '_') + "`");
            if (!name.contains(".")) {
                names.add(name);
            }
        }
        Dataset<Row> copy = FilterTest.local(read(atlas, "obsTable", table).selectExpr(flat.toArray(new String[0])));
        int pushed = 0;
        for (int i = 0; i < QUERIES; i++) {
            String splitBytes = List.of("1g", "900").get(random.nextInt(2));
            Dataset<Row> cells = read(atlas, "obsTable", table, "splitBytes", splitBytes);
            String condition = random.nextInt(2) == 0 ? "true" : FilterPropertiesTest.condition(random, columns, 1);
            Collections.shuffle(names, random);
            Column[] keys = new Column[1 + random.nextInt(2)];
            Column[] order = new Column[keys.length];
            for (int k = 0; k < keys.length; k++) {
                keys[k] = col(names.get(k));
                order[k] = switch (random.nextInt(4)) {
                    case 0 -> keys[k].asc_nulls_first();
                    case 1 -> keys[k].asc_nulls_last();
                    case 2 -> keys[k].desc_nulls_first();
                    default -> keys[k].desc_nulls_last();
                };
            }
            int limit = 1 + random.nextInt(30);
            Dataset<Row> found =
                    cells.where(condition).orderBy(order).limit(limit).select(keys);
            Dataset<Row> expected = copy.where(FilterPropertiesTest.flat(condition, columns))
                    .orderBy(order)
                    .limit(limit)
                    .select(keys);
            assertThat(found.collectAsList())
                    .as("%s by %s limit %s", condition, List.of(order), limit)
                    .isEqualTo(expected.collectAsList());
            pushed += FilterTest.plan(found).contains("first " + limit + " by ") ? 1 : 0;
        }
        assertThat(pushed).isGreaterThan(QUERIES / 4);
    }

    @Test
    void readsTheArraysOfThoseRowsOnly() {
        Dataset<Row> cells = read("pbmc_two_datasets").where("gene_expression IS NOT NULL");
        Dataset<Row> top = cells.orderBy(col("n_genes").desc(), col("uid"))
                .limit(5)
                .select("uid", "gene_expression.indices", "gene_expression.counts");
        List<Row> rows = top.collectAsList();
        assertThat(rows).hasSize(5);
        long entries = 0;
        for (Row row : rows) {
            entries += row.getList(1).size();
        }
        assertThat(metric(top, "cells")).isEqualTo(5);
        assertThat(metric(top, "matrixEntries")).isEqualTo(entries);
        assertThat(rows.stream().map(row -> row.getString(0)))
                .containsExactlyElementsOf(FilterTest.local(cells.select("uid", "n_genes"))
                        .orderBy(col("n_genes").desc(), col("uid"))
                        .limit(5)
                        .collectAsList()
                        .stream()
                        .map(row -> row.getString(0))
                        .toList());
    }

    @Test
    void sparkOrdersWhatLanceWouldOrderOtherwise() {
        Dataset<Row> cells = read("pbmc_two_datasets");
        for (Dataset<Row> query : List.of(
                cells.orderBy("percent_mito").limit(3),
                cells.orderBy(org.apache.spark.sql.functions.length(col("cell_type")))
                        .limit(3),
                cells.orderBy("gene_expression.zarr_row").limit(3),
                cells.orderBy("n_genes").limit(100_000),
                cells.sample(0.5, 1).orderBy("n_genes").limit(3))) {
            assertThat(FilterTest.plan(query)).doesNotContain("; first ");
        }
        assertThat(cells.where("n_genes < -7").orderBy("n_genes").limit(3).collectAsList())
                .isEmpty();
        assertThat(cells.orderBy("n_genes", "uid")
                        .limit(5)
                        .offset(2)
                        .select("uid")
                        .collectAsList())
                .isEqualTo(cells.orderBy("n_genes", "uid")
                        .limit(5)
                        .select("uid")
                        .collectAsList()
                        .subList(2, 5));
    }
}
