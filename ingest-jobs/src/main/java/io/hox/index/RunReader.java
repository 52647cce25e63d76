package io.hox.index;

import io.hox.codec.BitPacking;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads runs of one group, see {@link RunWriter}, into buffers that are used again. */
final class RunReader {
    private final List<Values> layers = new ArrayList<>();
    private int[] rows = new int[0];

    RunReader(List<LayerCopy> layers) {
        for (LayerCopy layer : layers) {
            this.layers.add(Values.allocate(layer.type(), 0));
        }
    }

    /** Unpacks a run. @param counts gets the entries of each column */
    void read(byte[] run, int[] counts) {
        ByteBuffer in = ByteBuffer.wrap(run).order(ByteOrder.LITTLE_ENDIAN);
        int n = in.getInt(0);
        int firstRow = in.getInt(Integer.BYTES);
        grow(n);
        int at = RunWriter.HEADER + Integer.BYTES;
        int length = in.getInt(at - Integer.BYTES);
        BitPacking.decodeInts(run, at, length, counts, 0, counts.length);
        at += length + Integer.BYTES;
        length = in.getInt(at - Integer.BYTES);
        BitPacking.decodeInts(run, at, length, rows, 0, n);
        for (int i = 0; i < n; i++) {
            rows[i] += firstRow;
        }
        for (Values layer : layers) {
            at += length + Integer.BYTES;
            length = in.getInt(at - Integer.BYTES);
            EntryValues.decode(run, at, length, layer, n);
        }
    }

    private void grow(int n) {
        if (rows.length < n) {
            int capacity = n + (n >> 2);
            rows = new int[capacity];
            for (int i = 0; i < layers.size(); i++) {
                layers.set(i, Values.allocate(layers.get(i).type(), capacity));
            }
        }
    }

    /** The rows, column by column. */
    Values rows() {
        return Values.of(DataType.UINT32, rows);
    }

    /** The values of a layer, in the same order. */
    Values layer(int number) {
        return layers.get(number);
    }
}
