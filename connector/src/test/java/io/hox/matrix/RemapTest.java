package io.hox.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemapTest {

    @Test
    void unionOfLayoutsListsEachFeatureOnceAscending() {
        FeatureAxis axis = FeatureAxis.union(List.of(new int[] {5, 1, 9}, new int[] {2, 9}));
        assertThat(axis.globals()).containsExactly(1, 2, 5, 9);
    }

    @Test
    void intersectionOfLayoutsKeepsWhatAllMeasured() {
        assertThat(FeatureAxis.intersection(List.of(new int[] {5, 1, 9}, new int[] {2, 9, 5}, new int[] {5, 9, 0}))
                        .globals())
                .containsExactly(5, 9);
        assertThat(FeatureAxis.intersection(List.of(new int[] {1}, new int[] {2}))
                        .globals())
                .isEmpty();
        assertThat(FeatureAxis.intersection(List.of()).globals()).isEmpty();
    }

    @Test
    void pinnedFeaturesAreOrderedAndCountOnce() {
        assertThat(FeatureAxis.pinned(new int[] {7, 3, 7}).globals()).containsExactly(3, 7);
    }

    @Test
    void remapOfEverythingKeepsTheLayout() {
        Remap remap = FeatureAxis.everything().remapFor("l", new int[] {4, 2, 8});
        assertThat(remap.keepsAll()).isTrue();
        assertThat(remap.monotone()).isFalse();
        assertThat(remap.globals()).containsExactly(2, 4, 8);
        assertThat(remap.sources()).containsExactly(1, 0, 2);
        assertThat(remap.toGlobal()[2]).isEqualTo(8);
    }

    @Test
    void remapDropsWhatTheAxisLacks() {
        Remap remap = FeatureAxis.pinned(new int[] {8, 3, 4}).remapFor("l", new int[] {4, 2, 8});
        assertThat(remap.keepsAll()).isFalse();
        assertThat(remap.monotone()).isTrue();
        assertThat(remap.features()).isEqualTo(3);
        assertThat(remap.kept()).isEqualTo(2);
        assertThat(remap.globals()).containsExactly(4, 8);
        assertThat(remap.toGlobal()[1]).isEqualTo(-1);
    }

    @Test
    void layoutWithARepeatedFeatureIsRefused() {
        assertThatThrownBy(() -> FeatureAxis.everything().remapFor("abc", new int[] {4, 2, 4}))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'abc'")
                .hasMessageContaining("global index 4 twice");
    }

    @Test
    void layoutWithANegativeIndexIsRefused() {
        assertThatThrownBy(() -> FeatureAxis.everything().remapFor("abc", new int[] {4, -1}))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("hox optimize");
    }

    @Test
    void aLayoutIsAskedForOnce() {
        int[] asked = new int[1];
        Remaps remaps = new Remaps(FeatureAxis.everything(), uid -> {
            asked[0]++;
            return new int[] {1};
        });
        assertThat(remaps.of("a")).isSameAs(remaps.of("a"));
        assertThat(asked[0]).isEqualTo(1);
    }
}
