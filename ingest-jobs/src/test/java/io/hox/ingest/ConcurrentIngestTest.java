package io.hox.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.cli.Hox;
import io.hox.testing.PythonEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Four JVMs at once ingest five datasets each, with overlapping genes; one dataset is asked for by all of them. */
@Timeout(600)
class ConcurrentIngestTest {
    private static final int JVMS = 4;
    private static final int DATASETS = 5;
    private static final int CELLS = 20;
    private static final int GENES = 60;

    private final Random random = new Random(4);

    @TempDir
    Path directory;

    @Test
    void nothingIsLostAndNothingIsThereTwice() throws Exception {
        Path shared = made("shared.h5ad", 0);
        Path atlas = directory.resolve("atlas");
        Hox.output("create", atlas, "--like", shared);

        Set<String> genes = new LinkedHashSet<>();
        List<Process> processes = new ArrayList<>();
        Path log = directory.resolve("log");
        for (int jvm = 0; jvm < JVMS; jvm++) {
            List<Object> command = new ArrayList<>(List.of("ingest", atlas));
            for (int i = 0; i < DATASETS; i++) {
                int first = 7 * (jvm * DATASETS + i);
                command.add(made("jvm" + jvm + "-" + i + ".h5ad", first));
                for (int gene = first; gene < first + GENES; gene++) {
                    genes.add("gene" + gene);
                }
            }
            command.add(shared);
            processes.add(HoxProcess.start(log, List.of(), command.toArray()));
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        }

        assertThat(Hox.output("validate", atlas)).isEmpty();
        Hox.output("optimize", atlas);
        Hox.output("snapshot", atlas);
        Dataset<Row> cells = Hox.session().read().format("hox").load(atlas.toString());
        long all = (long) CELLS * (JVMS * DATASETS + 1);
        assertThat(cells.count()).isEqualTo(all);
        assertThat(cells.select("uid").distinct().count()).isEqualTo(all);
        assertThat(cells.select("dataset_uid").distinct().count()).isEqualTo(JVMS * DATASETS + 1);
        List<String> features =
                Hox.output("features", atlas, "--format", "csv").lines().skip(1).toList();
        assertThat(features).hasSize(genes.size());
        assertThat(features.stream().map(line -> line.split(",")[0])).containsExactlyInAnyOrderElementsOf(genes);
        assertThat(Hox.run("clean", atlas, "--older-than", "0s").out().lines()).hasSizeLessThan(2);

        Path answer = directory.resolve("answer.txt");
        PythonEnvironment.run(
                PythonEnvironment.homeobox(),
                Path.of("src/test/python/sum_atlas.py").toAbsolutePath(),
                atlas,
                answer);
        assertThat(Files.readString(answer).strip()).isEqualTo(all + " " + genes.size() + " " + total(cells));
    }

    @Test
    void ofTwoThatReplaceADatasetAtOnceOneIsTheLast() throws Exception {
        Path atlas = directory.resolve("atlas");
        Path before = made("before.h5ad", 0);
        Hox.output("create", atlas, "--like", before);
        Hox.output("ingest", atlas, before, "--dataset-uid", "d");
        Hox.output("snapshot", atlas);

        Path log = directory.resolve("log");
        List<Process> processes = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            Path file = made(name + ".h5ad", 5);
            processes.add(HoxProcess.start(log, List.of(), "ingest", atlas, file, "--dataset-uid", "d", "--replace"));
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        }

        assertThat(Hox.output("validate", atlas)).isEmpty();
        Hox.output("snapshot", atlas);
        Dataset<Row> cells = Hox.session().read().format("hox").load(atlas.toString());
        assertThat(cells.count()).isEqualTo(CELLS);
        assertThat(cells.selectExpr("split(obs_name, '[.]')[0]").distinct().collectAsList())
                .hasSize(1)
                .allMatch(row -> List.of("one", "two").contains(row.getString(0)));
        assertThat(cells.selectExpr("sum(size(gene_expression.counts))").first().getLong(0))
                .isPositive();
        assertThat(Hox.output("count", atlas, "--version", 0, "--where", "obs_name LIKE 'before%'"))
                .isEqualToIgnoringNewLines("" + CELLS);
    }

    private static long total(Dataset<Row> cells) {
        return cells.selectExpr("sum(aggregate(gene_expression.counts, 0L, (s, x) -> s + x))")
                .first()
                .getLong(0);
    }

    private Path made(String name, int firstGene) {
        return MadeH5ad.random(directory.resolve(name), CELLS, firstGene, GENES, random);
    }
}
