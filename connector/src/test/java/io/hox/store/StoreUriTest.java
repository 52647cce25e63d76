package io.hox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreUriTest {

    @ParameterizedTest
    @CsvSource({
        "/data/atlas/, /data/atlas",
        "relative/dir, relative/dir",
        "file:/data/a b%20c/, /data/a b%20c",
        "file:///data/atlas, /data/atlas",
        "FILE://localhost/data, /data",
        "data:v1, data:v1",
    })
    void localPathsAreTakenLiterally(String uri, String path) {
        StoreUri parsed = StoreUri.parse(uri);
        assertThat(parsed.isLocal()).isTrue();
        assertThat(parsed.path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/a/b/, s3a://bucket, /a/b",
        "s3a://bucket, s3a://bucket, ''",
        "hdfs://name:8020/x, hdfs://name:8020, /x",
        "abfss://c@account.dfs.core.windows.net/x, abfss://c@account.dfs.core.windows.net, /x",
    })
    void otherSchemesAreHadoops(String uri, String fileSystem, String path) {
        StoreUri parsed = StoreUri.parse(uri);
        assertThat(parsed.isLocal()).isFalse();
        assertThat(parsed.fileSystem()).isEqualTo(fileSystem);
        assertThat(parsed.path()).isEqualTo(path);
    }

    @Test
    void refusesWhatLeadsNowhere() {
        assertThatThrownBy(() -> ObjectStore.open(" ", Map.of()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> ObjectStore.open("file://host/data", Map.of()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'host'");
        assertThatThrownBy(() -> ObjectStore.open("nosuch://bucket/data", Map.of()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("no Hadoop file system is known for 'nosuch'")
                .hasMessageContaining("fs.nosuch.impl");
        assertThatThrownBy(() -> ObjectStore.open("/data/\0", Map.of())).isInstanceOf(HoxException.class);
    }
}
