package io.hox.ingest;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class S3IngestTest extends IngestContract {
    @Override
    AtlasPlace place(Path directory) {
        return AtlasPlace.s3();
    }
}
