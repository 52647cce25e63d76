package io.hox.tenx;

import io.hox.source.DataFrame;
import io.hox.source.Modality;
import io.hox.source.Source;
import java.util.List;

/** Cells of which nothing but their barcodes is known, and what was measured of them. */
record TenxSource(String name, DataFrame obs, List<Modality> modalities, Runnable closing) implements Source {
    @Override
    public void close() {
        closing.run();
    }
}
