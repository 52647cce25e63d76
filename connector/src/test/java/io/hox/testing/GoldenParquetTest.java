package io.hox.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoldenParquetTest {

    @Test
    void readsEveryTypeThatGoldenAnswersUse() {
        List<Map<String, Object>> rows = GoldenParquet.read(Shared.golden("multimodal", "v0/obs_cells.parquet"));

        assertThat(rows).hasSize(178);
        Map<String, Object> first = rows.get(0);
        assertThat(first)
                .containsEntry("uid", "293888b36e165bc2")
                .containsEntry("technology", null)
                .containsEntry("birth", 776L)
                .containsEntry("n_counts", 4405.0)
                .containsEntry("rank", -3L);
        assertThat((byte[]) first.get("blob")).startsWith(0xd5, 0x00, 0xff);
        assertThat((List<?>) first.get("embedding")).hasSize(8).allMatch(Double.class::isInstance);
        assertThat(rows).extracting(row -> row.get("tags")).anyMatch(List.class::isInstance);
    }

    @Test
    void readsTimestampsAsMicroseconds() {
        assertThat(GoldenParquet.column(Shared.golden("pbmc_two_datasets", "v1/obs_cells.parquet"), "collected_at"))
                .first()
                .isEqualTo(1_705_460_941_000_000L); // 2024-01-17T03:09:01
    }
}
