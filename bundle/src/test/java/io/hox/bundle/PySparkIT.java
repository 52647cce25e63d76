package io.hox.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.PythonEnvironment;
import io.hox.testing.Shared;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a PySpark user does: {@code pip install pyspark}, name the bundle in {@code spark.jars}, read an atlas. */
class PySparkIT {
    private static final Path PYTHON = Path.of("src", "test", "python").toAbsolutePath();

    @Test
    void readsAnAtlasWithArrowAndPandasInAFreshEnvironment() {
        Path bundle = Path.of(System.getProperty("hox.bundle"));
        Path atlas = Shared.atlas("pbmc_two_datasets");
        Path answers = Shared.golden("pbmc_two_datasets", "");
        Path python = PythonEnvironment.fresh(
                bundle.resolveSibling("pyspark"), PYTHON.resolve("requirements-pyspark.txt"), 11, 10, 12, 9);

        String output = PythonEnvironment.run(python, PYTHON.resolve("pyspark_session.py"), bundle, atlas, answers);

        assertThat(output).contains("PYSPARK OK");
    }
}
