package io.hox.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RowChainTest {
    @Property
    void cellsInAnyOrderAreAWhole(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 5) Integer> lengths, @ForAll long seed) {
        List<long[]> cells = cells(lengths);
        Collections.shuffle(cells, new Random(seed));

        RowChain chain = chain(cells);

        assertThat(chain.problem(entries(lengths))).isNull();
        assertThat(chain.rows()).isEqualTo(lengths.size());
        assertThat(chain.cells()).isEqualTo(lengths.size());
    }

    @Property
    void withoutACellTheyAreNot(
            @ForAll @Size(min = 2, max = 40) List<@IntRange(max = 5) Integer> lengths, @ForAll long seed) {
        List<long[]> cells = cells(lengths);
        long[] removed = cells.remove(new Random(seed).nextInt(cells.size()));

        // The last one of all is not missed when it had no entries.
        boolean matters = removed[1] > removed[0] || removed[2] < cells.size();
        assertThat(chain(cells).problem(entries(lengths)) != null).isEqualTo(matters);
    }

    @Property
    void withACellTwiceTheyAreNot(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 5) Integer> lengths, @ForAll long seed) {
        List<long[]> cells = cells(lengths);
        cells.add(cells.get(new Random(seed).nextInt(cells.size())));

        assertThat(chain(cells).problem(entries(lengths))).isNotNull();
    }

    @Property
    void inAnotherOrderThanTheirRowsTheyAreNot(
            @ForAll @Size(min = 2, max = 40) List<@IntRange(max = 5) Integer> lengths, @ForAll long seed) {
        List<long[]> cells = cells(lengths);
        Random random = new Random(seed);
        long[] one = cells.get(random.nextInt(cells.size()));
        long[] other = cells.get(random.nextInt(cells.size()));
        long row = one[2];
        one[2] = other[2];
        other[2] = row;

        // Neighbours without entries between them are the same in any order.
        boolean matters = one[0] != other[0] || one[1] != other[1];
        assertThat(chain(cells).problem(entries(lengths)) != null).isEqualTo(matters);
    }

    private static List<long[]> cells(List<Integer> lengths) {
        List<long[]> cells = new ArrayList<>();
        long start = 0;
        for (int length : lengths) {
            cells.add(new long[] {start, start + length, cells.size()});
            start += length;
        }
        return cells;
    }

    private static long entries(List<Integer> lengths) {
        return lengths.stream().mapToLong(i -> i).sum();
    }

    private static RowChain chain(List<long[]> cells) {
        RowChain chain = new RowChain();
        cells.forEach(cell -> chain.add(cell[0], cell[1], cell[2]));
        return chain;
    }
}
