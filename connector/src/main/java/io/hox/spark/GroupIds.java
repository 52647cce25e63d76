package io.hox.spark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VarCharVector;

/**
 * Numbers the groups that pointers name, from 0 in the order of their appearance. A text is made once for each group and
 * never for a row, since planning looks at all rows of a table.
 */
final class GroupIds {
    /** What a row without a group has. */
    static final int ABSENT = -1;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final List<String> names = new ArrayList<>();
    private final List<long[]> words = new ArrayList<>();
    private int[] lengths = new int[64];
    /** Numbers plus one by hash, 0 where there is none; a power of two, at most half full. */
    private int[] table = new int[256];

    /** The groups by number. */
    List<String> names() {
        return names;
    }

    /** Writes the numbers of the first rows of a vector to an array. */
    void read(VarCharVector groups, int rows, int[] into, int at) {
        if (rows == 0) {
            return;
        }
        boolean nulls = groups.getNullCount() > 0;
        ArrowBuf offsets = groups.getOffsetBuffer();
        ArrowBuf data = groups.getDataBuffer();
        int last = ABSENT;
        long from = offsets.getInt(0);
        for (int row = 0; row < rows; row++) {
            long to = offsets.getInt((row + 1L) * Integer.BYTES);
            int length = (int) (to - from);
            int id = ABSENT;
            if (length > 0 && !(nulls && groups.isNull(row))) {
                // Neighbours mostly share a group.
                id = last != ABSENT && holds(last, data, from, length) ? last : find(data, from, length);
                last = id;
            }
            into[at + row] = id;
            from = to;
        }
    }

    private int find(ArrowBuf data, long from, int length) {
        int slot = hash(data, from, length) & (table.length - 1);
        while (table[slot] != 0) {
            int id = table[slot] - 1;
            if (holds(id, data, from, length)) {
                return id;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return add(data, from, length);
    }

    private int add(ArrowBuf data, long from, int length) {
        byte[] text = new byte[length];
        data.getBytes(from, text);
        long[] content = new long[(length + 7) / 8];
        for (int i = 0; i < content.length; i++) {
            content[i] = word(data, from, length, i);
        }
        int id = names.size();
        names.add(new String(text, StandardCharsets.UTF_8));
        words.add(content);
        lengths = id < lengths.length ? lengths : Arrays.copyOf(lengths, 2 * id);
        lengths[id] = length;
        if (2 * names.size() > table.length) {
            rehash();
        } else {
            insert(id);
        }
        return id;
    }

    private void rehash() {
        table = new int[2 * table.length];
        for (int id = 0; id < names.size(); id++) {
            insert(id);
        }
    }

    private void insert(int id) {
        long hash = lengths[id];
        for (long word : words.get(id)) {
            hash = mix(hash, word);
        }
        int slot = (int) hash & (table.length - 1);
        while (table[slot] != 0) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = id + 1;
    }

    private static int hash(ArrowBuf data, long from, int length) {
        long hash = length;
        int count = (length + 7) / 8;
        for (int i = 0; i < count; i++) {
            hash = mix(hash, word(data, from, length, i));
        }
        return (int) hash;
    }

    private static long mix(long hash, long word) {
        long mixed = (hash ^ word) * MULTIPLIER;
        return mixed ^ mixed >>> 32;
    }

    private boolean holds(int id, ArrowBuf data, long from, int length) {
        if (lengths[id] != length) {
            return false;
        }
        long[] content = words.get(id);
        // Names differ in their ends, mostly.
        for (int i = content.length - 1; i >= 0; i--) {
            if (content[i] != word(data, from, length, i)) {
                return false;
            }
        }
        return true;
    }

    /** Eight bytes of a text; those of the last word overlap the word before, or the rest is zero in a short text. */
    private static long word(ArrowBuf data, long from, int length, int index) {
        if (length >= Long.BYTES) {
            return data.getLong(from + Math.min(index * Long.BYTES, length - Long.BYTES));
        }
        long word = 0;
        for (int i = 0; i < length; i++) {
            word = word << Byte.SIZE | data.getByte(from + i) & 0xff;
        }
        return word;
    }
}
