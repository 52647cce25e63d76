package io.hox.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What must and must not be in the one jar; anything else breaks Spark's own Arrow or a user's libraries. */
class BundleIT {
    private static List<String> entries;

    @BeforeAll
    static void list() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("hox.bundle"))) {
            entries = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }

    @Test
    void holdsNoArrowButTheCDataInterfaceAndTheScanner() {
        assertThat(entries)
                .filteredOn(entry -> entry.startsWith("org/apache/arrow/"))
                .isNotEmpty()
                .allMatch(entry -> entry.startsWith("org/apache/arrow/c/")
                        || entry.startsWith("org/apache/arrow/dataset/scanner/")
                        || entry.matches("org/apache/arrow/vector/StructVector(Loader|Unloader)(\\$.*)?\\.class"));
    }

    @Test
    void holdsEveryOtherPackageUnderItsOwnRootOrUnderHox() {
        assertThat(entries)
                .filteredOn(entry -> entry.endsWith(".class"))
                .allMatch(entry -> entry.startsWith("io/hox/")
                        || entry.startsWith("org/lance/")
                        || entry.startsWith("org/apache/arrow/")
                        || entry.startsWith("io/questdb/jar/jni/"));
    }

    @Test
    void holdsNoSignaturesModulesOrVersions() {
        assertThat(entries)
                .noneMatch(entry -> entry.matches("META-INF/.*\\.(SF|RSA|DSA)"))
                .noneMatch(entry -> entry.endsWith("module-info.class"))
                .noneMatch(entry -> entry.startsWith("META-INF/versions/"))
                .doesNotHaveDuplicates();
    }

    @Test
    void holdsLicencesAndNativeLibrariesOfEveryPlatform() {
        assertThat(entries)
                .contains("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/licenses/jhdf.txt")
                .contains(
                        "nativelib/linux-x86-64/liblance_jni.so",
                        "nativelib/linux-aarch64/liblance_jni.so",
                        "nativelib/darwin-aarch64/liblance_jni.dylib",
                        "x86_64/libarrow_cdata_jni.so",
                        "aarch_64/libarrow_cdata_jni.so",
                        "aarch_64/libarrow_cdata_jni.dylib");
    }
}
