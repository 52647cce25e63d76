package io.hox.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom in this module: a package uses the ones below it and no others. */
class PackagesTest {
    /** What sources are made of and made by, from the ground up. */
    private static final List<String> SOURCES = List.of("source", "stored", "h5ad", "mtx", "anndata", "tenx");

    /** What works with them, from the ground up. */
    private static final List<String> JOBS = List.of("export", "job", "ingest", "index", "inputs", "cli");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(HoxCommand.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void packagesUseOnlyTheOnesBelowThem() {
        List<String> all = new ArrayList<>(SOURCES);
        all.addAll(JOBS);
        for (int i = 0; i < all.size() - 1; i++) {
            mayNotUse(all.get(i), all.subList(i + 1, all.size()));
        }
    }

    @Test
    void sourcesKnowNeitherSparkNorAtlases() {
        for (String source : SOURCES) {
            noClasses()
                    .that()
                    .resideInAPackage(within(source))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.spark..", within("atlas"), within("lance"), within("spark"))
                    .check(CLASSES);
        }
    }

    private static void mayNotUse(String name, List<String> above) {
        noClasses()
                .that()
                .resideInAPackage(within(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above.stream().map(PackagesTest::within).toArray(String[]::new))
                .check(CLASSES);
    }

    private static String within(String name) {
        return "io.hox." + name + "..";
    }
}
