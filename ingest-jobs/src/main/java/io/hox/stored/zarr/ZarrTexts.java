package io.hox.stored.zarr;

import io.hox.store.ByteSlice;
import io.hox.stored.TextReader;
import io.hox.zarr.ZarrArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads ranges of text of any length. A chunk is the number of its texts, and each of them behind its length. The last
 * chunk is kept, with the place of each of its texts.
 */
final class ZarrTexts implements TextReader {
    /** Bytes of a chunk of text. */
    private static final int LARGEST_CHUNK = 1 << 28;

    private final ZarrArrayNode node;
    private final ZarrArray array;
    private final int chunk;
    private long currentChunk = -1;
    private ByteBuffer current;
    /** Where each text of the current chunk begins, its length in front of it; null where it was never written. */
    private int[] starts;

    ZarrTexts(ZarrArrayNode node) {
        this.node = node;
        this.array = node.stored();
        this.chunk = node.shape().length == 0 ? 1 : array.metadata().chunkShape()[0];
    }

    @Override
    public String[] read(long from, int n) {
        String[] texts = new String[n];
        for (int i = 0; i < n; i++) {
            load((from + i) / chunk);
            texts[i] = text((int) ((from + i) % chunk));
        }
        return texts;
    }

    private String text(int inChunk) {
        if (starts == null) {
            return node.fillText();
        }
        if (inChunk >= starts.length) {
            throw node.unreadable("chunk " + currentChunk + " has only " + starts.length + " texts");
        }
        int at = starts[inChunk];
        return new String(current.array(), at + Integer.BYTES, current.getInt(at), StandardCharsets.UTF_8);
    }

    private void load(long number) {
        if (number == currentChunk) {
            return;
        }
        current = null;
        starts = null;
        ByteSlice bytes = array.readChunk(number, LARGEST_CHUNK);
        if (bytes != null) {
            current = ByteBuffer.wrap(bytes.array()).order(ByteOrder.LITTLE_ENDIAN);
            starts = starts(number, bytes.offset(), bytes.offset() + bytes.length());
        }
        currentChunk = number;
    }

    private int[] starts(long number, int from, int end) {
        if (end - from < Integer.BYTES) {
            throw node.unreadable("chunk " + number + " ends early");
        }
        int count = current.getInt(from);
        int at = from + Integer.BYTES;
        // Each text takes at least the bytes of its length.
        if (count < 0 || count > (end - at) / Integer.BYTES) {
            throw node.unreadable("chunk " + number + " claims " + Integer.toUnsignedString(count) + " texts in "
                    + (end - at) + " bytes");
        }
        int[] found = new int[count];
        for (int i = 0; i < count; i++) {
            int length = at + Integer.BYTES <= end ? current.getInt(at) : -1;
            if (length < 0 || length > end - at - Integer.BYTES) {
                throw node.unreadable("text " + i + " of chunk " + number + " ends outside of it");
            }
            found[i] = at;
            at += Integer.BYTES + length;
        }
        return Arrays.copyOf(found, Math.min(count, chunk));
    }

    @Override
    public void close() {
        current = null;
        starts = null;
        currentChunk = -1;
    }
}
