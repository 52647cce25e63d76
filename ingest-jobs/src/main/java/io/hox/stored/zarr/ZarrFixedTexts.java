package io.hox.stored.zarr;

import io.hox.stored.TextReader;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads ranges of text of a fixed width, without the zeros behind it. */
final class ZarrFixedTexts implements TextReader {
    private final ZarrArrayNode array;
    private final ZarrNumbers bytes;
    private final int width;

    ZarrFixedTexts(ZarrArrayNode array) {
        this.array = array;
        this.bytes = new ZarrNumbers(array.stored(), array.elements());
        this.width = array.elements().width();
    }

    @Override
    public String[] read(long from, int n) {
        Values values = Values.allocate(DataType.UINT8, Math.multiplyExact(n, width));
        bytes.read(from * width, values.length(), values, 0);
        String[] texts = new String[n];
        boolean characters = array.elements().kind() == Elements.Kind.FIXED_CHARACTERS;
        for (int i = 0; i < n; i++) {
            texts[i] = characters ? characters(values.bytes(), i * width) : utf8(values.bytes(), i * width);
        }
        return texts;
    }

    private String utf8(byte[] all, int at) {
        int end = at + width;
        while (end > at && all[end - 1] == 0) {
            end--;
        }
        return new String(all, at, end - at, StandardCharsets.UTF_8);
    }

    private String characters(byte[] all, int at) {
        ByteOrder order = array.elements().bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer points = ByteBuffer.wrap(all, at, width).order(order);
        int end = at + width;
        while (end > at && points.getInt(end - 4) == 0) {
            end -= 4;
        }
        StringBuilder text = new StringBuilder((end - at) / 4);
        for (int i = at; i < end; i += 4) {
            int point = points.getInt(i);
            if (!Character.isValidCodePoint(point)) {
                throw array.unreadable("one of its texts has the character " + Integer.toUnsignedString(point));
            }
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    @Override
    public void close() {
        bytes.close();
    }
}
