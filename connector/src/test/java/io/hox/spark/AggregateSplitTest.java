package io.hox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.lance.FragmentInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the rows of a table are dealt out to tasks that aggregate them. */
class AggregateSplitTest {

    @Test
    void joinsSmallFragmentsAndCutsLargeOnes() {
        List<AggregateSplit> splits = AggregateSplit.plan(fragments(3, 4, 5, 25, 0, 10), 100, 10, 8);
        assertThat(splits.stream().flatMap(split -> split.ranges().stream()))
                .containsExactly(
                        new AggregateRange(List.of(0, 1), 0, AggregateRange.WHOLE),
                        new AggregateRange(List.of(2), 0, AggregateRange.WHOLE),
                        new AggregateRange(List.of(3), 0, 8),
                        new AggregateRange(List.of(3), 8, 16),
                        new AggregateRange(List.of(3), 16, 25),
                        new AggregateRange(List.of(4, 5), 0, AggregateRange.WHOLE));
        assertThat(splits).hasSize(6);
        assertThat(AggregateSplit.isOneRange(splits)).isFalse();
    }

    @Test
    void startsNoMoreTasksThanThereAreCores() {
        List<AggregateSplit> splits = AggregateSplit.plan(fragments(70), 100, 10, 2);
        assertThat(splits).extracting(split -> split.ranges().size()).containsExactly(3, 4);
        assertThat(AggregateSplit.isOneRange(AggregateSplit.plan(fragments(70), 1_000, 10, 2)))
                .isTrue();
        assertThat(AggregateSplit.isOneRange(AggregateSplit.plan(fragments(70), 100, 10, 1)))
                .isFalse();
        // Whatever the user allows, as many groups as a range has rows must fit into memory.
        assertThat(AggregateSplit.isOneRange(AggregateSplit.plan(fragments(1_000_000), 1L << 40, 1, 1)))
                .isFalse();
    }

    private static List<FragmentInfo> fragments(long... rows) {
        List<FragmentInfo> fragments = new ArrayList<>();
        for (long count : rows) {
            fragments.add(new FragmentInfo(fragments.size(), count, count));
        }
        return fragments;
    }
}
