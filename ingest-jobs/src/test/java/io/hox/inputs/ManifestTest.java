package io.hox.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.inputs.Manifest.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    @TempDir
    Path directory;

    @Test
    void aLineIsAFileWithEverythingThatIsSaidOfIt() {
        List<Entry> entries = read(
                "file,dataset_uid,feature_key,layer:raw/X,obs:cell_type,obs_value:tissue,field:rna,organism,assay\n"
                        + "lung.h5ad,lung,gene_ids,counts,louvain,lung,gene_expression,human,\"10x, v3\"\n");

        assertThat(entries)
                .containsExactly(new Entry(
                        2,
                        directory + "/lung.h5ad",
                        "lung",
                        "gene_ids",
                        Map.of("raw/X", "counts"),
                        Map.of("louvain", "cell_type"),
                        Map.of("tissue", "lung"),
                        Map.of("rna", "gene_expression"),
                        Map.of("organism", "human", "assay", "10x, v3")));
    }

    @Test
    void whatIsLeftOutIsNotGiven() {
        Entry entry =
                read("file,dataset_uid,feature_key,organism\r\na.h5ad,,\r\n").get(0);

        assertThat(entry.datasetUid()).isNull();
        assertThat(entry.featureKey()).isNull();
        assertThat(entry.dataset()).isEmpty();
    }

    @Test
    void relativeFilesLieBesideTheManifest() {
        assertThat(read("file\nsub/a.h5ad\n/data/b.h5ad\ns3a://bucket/c.h5ad\n"))
                .extracting(Entry::file)
                .containsExactly(directory + "/sub/a.h5ad", "/data/b.h5ad", "s3a://bucket/c.h5ad");
    }

    @Test
    void namesMayBeOfAnyAlphabet() {
        assertThat(read("file,gewebe\nprobe_ä_β.h5ad,Lunge_肺\n").get(0).dataset())
                .containsEntry("gewebe", "Lunge_肺");
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        assertRefused("", "is empty");
        assertRefused("file\n", "names no file below its header");
        assertRefused("path,organism\na.h5ad,x\n", "has no column 'file'", "[path, organism]");
        assertRefused("file,organism,organism\na,b,c\n", "the column organism twice");
        assertRefused("file,organism\na.h5ad,x\n,y\n", "line 3", "names no file");
        assertRefused("file,organism\na.h5ad,x,y\n", "line 2", "3 fields", "names 2");
        assertRefused("file,obs:a,obs:b\nx.h5ad,c,c\n", "line 2", "both a and b", "column c");
        assertThatThrownBy(() -> Manifest.read(directory + "/none.csv", Map.of()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("no manifest")
                .hasMessageContaining("none.csv");
    }

    private void assertRefused(String text, String... parts) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(HoxException.class)
                .message()
                .contains(directory + "/manifest.csv")
                .contains(parts);
    }

    private List<Entry> read(String text) {
        try {
            Path file = Files.writeString(directory.resolve("manifest.csv"), text);
            return Manifest.read(file.toString(), Map.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
