package io.hox.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ZarrGroupsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "late/run_7/rna", "with blank/ünïcode", "..a/b..", "a.b/.c", "%2e%2e/x"})
    void pathsInsideTheStoreAreTakenAsTheyAre(String group) {
        assertThat(ZarrGroups.check(group, "cells")).isEqualTo(group);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "../x",
                "a/../../x",
                "a/..",
                "..",
                ".",
                "a/./b",
                "/etc",
                "/",
                "a//b",
                "a/",
                "s3://other/x",
                "a\\..\\b",
                "a\nb",
                "a\0b"
            })
    void pathsThatCouldLeaveTheStoreAreRefused(String group) {
        assertThatThrownBy(() -> ZarrGroups.check(group, "cells"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("table cells")
                .hasMessageContaining("delete the rows")
                .hasMessageNotContaining("\n");
    }

    @Test
    void endlessPathsAreRefusedAndCutInTheMessage() {
        assertThatThrownBy(() -> ZarrGroups.check("a".repeat(100_000), "cells"))
                .isInstanceOf(HoxException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
    }
}
