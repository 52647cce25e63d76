package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random conditions select the rows that Spark selects from a copy, nulls and corner values included. */
class FilterPropertiesTest {
    private static final int CONDITIONS = 40;
    private static final int PER_QUERY = 20;

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of(
                        "pbmc_two_datasets",
                        "cells",
                        List.of(
                                "cell_type:'B cells','NK cells','',NULL,'T'",
                                "percent_mito:0D,-0D,0.02D,double('NaN'),double('inf'),NULL",
                                "n_counts:459D,400D,double('NaN'),-1D",
                                "n_genes:0L,40L,154L,-9223372036854775808L,9223372036854775807L,NULL",
                                "is_train:true,false",
                                "collected_at:timestamp_ntz'2024-02-10 12:00:00',timestamp'2024-02-10 12:00:00'",
                                "batch:'a_x','b_','_x'",
                                "gene_expression.zarr_row:0L,5L,100L")),
                Arguments.of(
                        "multimodal",
                        "cells",
                        List.of(
                                "technology:'CITE-seq','RNA only','x',NULL",
                                "birth:date'1980-01-01',date'1972-02-16',NULL",
                                "n_counts:4405D,0D,double('NaN')",
                                "rank:-3L,6L,NULL",
                                "donor_uid:'accf1737044458c5','a'",
                                "protein.zarr_row:0L,3L,NULL",
                                "protein.zarr_group:'m1/adt','x'")),
                Arguments.of(
                        "g1_lancell",
                        "cells",
                        List.of(
                                "cell_type:'B cells','T',NULL",
                                "score:0D,-0D,-0.3316D,double('NaN')",
                                "flag:true,false",
                                "image_features.zarr_row:0L,4L,NULL",
                                "gene_expression.zarr_group:'d1/gene_expression',''")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("tables")
    void pushedConditionsSelectWhatSparkSelects(String atlas, String table, List<String> columns) {
        Random random = new Random(20_240_611);
        Dataset<Row> cells = read(atlas, "obsTable", table);
        List<String> names = new ArrayList<>(List.of("uid"));
        for (String column : columns) {
            String name = column.substring(0, column.indexOf(':'));
            names.add(name + " as `" + name.replace('.', '_') + "`");
        }
        Dataset<Row> copy = FilterTest.local(cells.selectExpr(names.toArray(new String[0])));
        // One query counts many conditions on the copy; each condition is a query of its own on the source.
        for (int done = 0; done < CONDITIONS; done += PER_QUERY) {
            List<String> conditions = new ArrayList<>();
            List<String> counts = new ArrayList<>();
            for (int i = 0; i < PER_QUERY; i++) {
                String condition = condition(random, columns, 3);
                conditions.add(condition);
                counts.add("count_if(" + flat(condition, columns) + ")");
            }
            Row expected = copy.selectExpr(counts.toArray(new String[0])).head();
            for (int i = 0; i < PER_QUERY; i++) {
                assertThat(cells.where(conditions.get(i)).count())
                        .as(conditions.get(i))
                        .isEqualTo(expected.getLong(i));
            }
        }
    }

    static String flat(String condition, List<String> columns) {
        String flat = condition;
        for (String column : columns) {
            String name = column.substring(0, column.indexOf(':'));
            flat = flat.replace(name, name.replace('.', '_'));
        }
        return flat;
    }

    static String condition(Random random, List<String> columns, int depth) {
        int kind = depth == 0 ? random.nextInt(4) : random.nextInt(8);
        if (kind >= 4) {
            String left = condition(random, columns, depth - 1);
            return switch (kind) {
                case 4 -> "NOT (" + left + ")";
                case 5 -> "(" + left + ") OR (" + condition(random, columns, depth - 1) + ")";
                default -> "(" + left + ") AND (" + condition(random, columns, depth - 1) + ")";
            };
        }
        String column = columns.get(random.nextInt(columns.size()));
        String name = column.substring(0, column.indexOf(':'));
        String[] values = column.substring(column.indexOf(':') + 1).split(",");
        String value = values[random.nextInt(values.length)];
        boolean text = values[0].startsWith("'");
        if (text && !value.equals("NULL") && random.nextInt(3) == 0) {
            String[] functions = {"startswith", "endswith", "contains"};
            return functions[random.nextInt(3)] + "(" + name + ", " + value + ")";
        }
        return switch (kind) {
            case 0 -> name + (random.nextBoolean() ? " IS NULL" : " IS NOT NULL");
            case 1 -> name + " IN (" + String.join(", ", values) + ")";
            default -> {
                String[] operators = {"=", "<>", "<", "<=", ">", ">=", "<=>"};
                yield name + " " + operators[random.nextInt(operators.length)] + " " + value;
            }
        };
    }
}
