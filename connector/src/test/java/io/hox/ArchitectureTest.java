package io.hox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom: a package uses the ones below it and no others. */
class ArchitectureTest {
    /** From the ground up. */
    private static final List<String> PACKAGES = List.of("codec", "store", "zarr", "lance", "atlas", "matrix", "spark");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(HoxException.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void packagesUseOnlyTheOnesBelowThem() {
        String[] above = PACKAGES.stream().map(ArchitectureTest::within).toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.hox")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .check(CLASSES);
        for (int i = 0; i < PACKAGES.size() - 1; i++) {
            noClasses()
                    .that()
                    .resideInAPackage(within(PACKAGES.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(Arrays.copyOfRange(above, i + 1, above.length))
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void tablesAndArraysDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(within("lance"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(within("zarr"))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyTheTopSpeaksSpark() {
        noClasses()
                .that()
                .resideOutsideOfPackage(within("spark"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.spark..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCodecTouchesMemoryUnchecked() {
        noClasses()
                .that()
                .resideOutsideOfPackage(within("codec"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun.misc..", "jdk.internal..")
                .check(CLASSES);
    }

    private static String within(String name) {
        return "io.hox." + name + "..";
    }
}
