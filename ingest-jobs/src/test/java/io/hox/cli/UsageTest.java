package io.hox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.Shared;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, exit codes and the two streams. */
class UsageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create",
                "ingest",
                "optimize",
                "validate",
                "snapshot",
                "index",
                "remove",
                "clean",
                "versions",
                "info",
                "count",
                "query",
                "features",
                "demo"
            })
    void everyCommandHasHelpWithAnExample(String command) {
        Hox.Result help = Hox.runAlone(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).startsWith("Usage: hox " + command).containsPattern("Examples?:\n  hox " + command);
        assertThat(Hox.runAlone("--help").out()).contains("  " + command);
    }

    @Test
    void withoutACommandThereIsHelp() {
        assertThat(Hox.runAlone().exitCode()).isZero();
        assertThat(Hox.runAlone().out()).contains("Usage: hox", "Examples:");
        assertThat(Hox.runAlone("--version").out()).contains("hox");
    }

    @Test
    void wrongUsageIsExitCodeTwoWithTheUsageOnStandardError() {
        String atlas = Shared.atlas("custom_space").toString();
        for (List<String> wrong : List.of(
                List.of("count"),
                List.of("count", atlas, "--version", "latest"),
                List.of("count", atlas, "--format", "xml"),
                List.of("create", atlas),
                List.of("create", atlas, "--like", "a.h5ad", "--schema", "b.json"),
                List.of("ingest", atlas),
                List.of("ingest", atlas, "a.h5ad", "--layer", "X"),
                List.of("ingest", atlas, "a.h5ad", "--task-memory", "much"),
                List.of("ingest", atlas, "a.h5ad", "--task-memory", "1m"),
                List.of("ingest", atlas, "a.h5ad", "--duplicates", "drop"),
                List.of("ingest", atlas, "a.h5ad", "--field", "rna="),
                List.of("ingest", atlas, "a.h5ad", "--feature-key", "a", "--feature-key", "b"),
                List.of("ingest", atlas, "--manifest", "a.csv", "--dataset-uid", "x"),
                List.of("ingest", atlas, "a.h5ad", "--obs", "=x"),
                List.of("ingest", atlas, "a.h5ad", "--obs", "x=y", "--obs", "x=z"),
                List.of("ingest", atlas, "a.h5ad", "b.h5ad", "--dataset-uid", "x"),
                List.of("query", atlas, "--limit", "-1"),
                List.of("query", atlas, "--offset", "-1"),
                List.of("query", atlas, "--feature-join", "outer"),
                List.of("query", atlas, "--out", "cells.xlsx"),
                List.of("features", atlas, "--limit", "-1"))) {
            Hox.Result result = Hox.run(wrong.toArray());
            assertThat(result.exitCode()).as(wrong + " " + result).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("sage: hox").doesNotContain("\tat ");
        }
    }

    @Test
    void aMistypedCommandIsAnsweredWithTheNearestOnes() {
        Hox.Result result = Hox.run("conut", "atlas");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Did you mean: hox count");
    }

    @Test
    void aFailureIsExitCodeOneAndItsTraceOnlyWithDebug() {
        Path nowhere = Path.of("/nowhere/at/all");

        Hox.Result plain = Hox.run("versions", nowhere);
        assertThat(plain.exitCode()).isEqualTo(1);
        assertThat(plain.out()).isEmpty();
        assertThat(plain.err().lines()).hasSize(1);
        assertThat(Hox.run("versions", nowhere, "--debug").err()).contains("HoxException", "\tat ");
    }

    @Test
    void manyCommandsRunOneAfterAnotherEachWithASessionOfItsOwn() {
        Hox.session().stop();
        Path atlas = Shared.atlas("custom_space");

        for (int i = 0; i < 2; i++) {
            assertThat(Hox.runAlone("count", atlas).out()).isEqualToIgnoringNewLines("50");
            Hox.Result failed = Hox.runAlone("count", atlas, "--where", "nothing = 1");
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.err()).contains("nothing");
        }
        assertThat(org.apache.spark.sql.SparkSession.getDefaultSession().isDefined())
                .isFalse();
        assertThat(Hox.run("count", atlas).out()).isEqualToIgnoringNewLines("50");
    }
}
