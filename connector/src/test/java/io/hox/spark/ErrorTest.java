package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.testing.Shared;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong names fail when the table is loaded, and say what would be right. */
class ErrorTest {

    @ParameterizedTest(name = "{1}={2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "pbmc_two_datasets|version|7|versions are: 0, 1",
                "pbmc_two_datasets|version|latest|whole number",
                "pbmc_two_datasets|obsTable|cels|cells",
                "pbmc_two_datasets|fields|gene_expresion|gene_expression",
                "pbmc_two_datasets|layers|count|counts, log_normalized, tpm",
                "pbmc_two_datasets|features|ZNF134|is a value of gene_name",
                "pbmc_two_datasets|featureKey|gene_nam|gene_name",
                "pbmc_two_datasets|featureJoin|outer|union or intersection",
                "pbmc_two_datasets|axis|genes|cells or features",
                "pbmc_two_datasets|feature|CD3D|did you mean 'features'",
                "pbmc_two_datasets|field|x|did you mean 'fields'",
                "pbmc_two_datasets|obs_table|cells|did you mean 'obsTable'",
                "pbmc_two_datasets|splitBytes|many|positive number of bytes",
                "pbmc_two_datasets|batchRows|0|1 to 2147483647",
                "multimodal|version|0|cells, nuclei"
            })
    void namesWhatIsWrongAndWhatThereIs(String atlas, String option, String value, String message) {
        Shared.atlas(atlas); // where it is absent, that is no failure
        String features = option.equals("featureKey") ? "ZNF134" : null;
        assertThatThrownBy(() -> {
                    if (features == null) {
                        read(atlas, option, value);
                    } else {
                        read(atlas, option, value, "features", features);
                    }
                })
                .isInstanceOf(HoxException.class)
                .hasMessageContaining(message);
    }

    @Test
    void namesFeaturesThatAreNear() {
        Shared.atlas("pbmc_two_datasets");
        assertThatThrownBy(() -> read("pbmc_two_datasets", "features", "ZNF13,CHMP66", "featureKey", "gene_name"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("ZNF134")
                .hasMessageContaining("CHMP6");
    }

    @Test
    void missingPathsAreNamed() {
        assertThatThrownBy(() -> spark().read().format("hox").load("/no/such/atlas"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("/no/such/atlas");
        assertThatThrownBy(() -> spark().read().format("hox").load()).hasMessageContaining("no path");
    }

    @Test
    void settingsOfTheSessionAreDefaults() {
        spark().conf().set("spark.hox.version", "0");
        try {
            assertThat(read("pbmc_two_datasets").count()).isEqualTo(817);
            assertThat(read("pbmc_two_datasets", "version", "1").count()).isEqualTo(950);
        } finally {
            spark().conf().unset("spark.hox.version");
        }
    }

    @Test
    void foreignOptionsAreLeftAlone() {
        Map<String, String> given = Map.of("path", "/x", "fs.s3a.access.key", "secret", "mergeSchema", "true");
        assertThat(HoxOptions.of(new CaseInsensitiveStringMap(given)).path()).isEqualTo("/x");
    }

    @Test
    void everyOptionIsDocumented() {
        String table = HoxOptions.markdownTable();
        for (Option option : HoxOptions.all()) {
            assertThat(table).contains("| `" + option.key() + "` |");
            assertThat(option.doc()).endsWith(".");
        }
        assertThat(HoxOptions.all().stream().map(Option::key))
                .containsAll(List.of("path", "version", "obsTable", "fields", "features", "layers", "splitBytes"));
    }
}
