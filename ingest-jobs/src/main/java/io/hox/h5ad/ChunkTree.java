package io.hox.h5ad;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The version 1 B-tree that finds the chunks of a one-dimensional dataset, built from its leaves up. */
final class ChunkTree {
    /** What the format takes for granted where the superblock does not say otherwise. */
    private static final int FANOUT = 64;

    private static final int KEY = 24;
    private static final int NODE = 24 + FANOUT * 8 + (FANOUT + 1) * KEY;

    private long[] addresses = new long[16];
    private int[] sizes = new int[16];
    private int count;

    void add(long address, int bytes) {
        if (count == addresses.length) {
            addresses = Arrays.copyOf(addresses, count * 2);
            sizes = Arrays.copyOf(sizes, count * 2);
        }
        addresses[count] = address;
        sizes[count++] = bytes;
    }

    /** Writes the tree and returns the address of its root. */
    long write(HdfOutput out, int chunk) {
        long[] children = Arrays.copyOf(addresses, count);
        long chunksPerChild = 1;
        for (int level = 0; ; level++) {
            int nodes = (children.length + FANOUT - 1) / FANOUT;
            long first = out.end();
            long[] written = new long[nodes];
            for (int node = 0; node < nodes; node++) {
                int from = node * FANOUT;
                int n = Math.min(FANOUT, children.length - from);
                ByteBuffer block = node(
                        level,
                        n,
                        node == 0 ? -1 : first + (node - 1L) * NODE,
                        node == nodes - 1 ? -1 : first + (node + 1L) * NODE);
                for (int i = 0; i < n; i++) {
                    key(block, (from + i) * chunksPerChild, chunk);
                    block.putLong(children[from + i]);
                }
                key(block, Math.min(count, (from + n) * chunksPerChild), chunk);
                written[node] = out.append(block.array());
            }
            if (nodes == 1) {
                return written[0];
            }
            children = written;
            chunksPerChild *= FANOUT;
        }
    }

    private static ByteBuffer node(int level, int entries, long left, long right) {
        ByteBuffer block = ObjectHeader.buffer(NODE);
        block.put("TREE".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) level);
        return block.putShort((short) entries).putLong(left).putLong(right);
    }

    private void key(ByteBuffer block, long number, int chunk) {
        block.putInt(number < count ? sizes[(int) number] : 0)
                .putInt(0)
                .putLong(number * chunk)
                .putLong(0);
    }
}
