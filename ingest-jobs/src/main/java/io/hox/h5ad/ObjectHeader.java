package io.hox.h5ad;

import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects the messages of a group or dataset and makes the version 2 object header of them. */
final class ObjectHeader {
    static final long UNDEFINED = -1;

    private static final int DATASPACE = 0x01;
    private static final int LINK_INFO = 0x02;
    private static final int DATATYPE = 0x03;
    private static final int FILL_VALUE = 0x05;
    private static final int LINK = 0x06;
    private static final int LAYOUT = 0x08;
    private static final int GROUP_INFO = 0x0a;
    private static final int FILTERS = 0x0b;
    private static final int ATTRIBUTE = 0x0c;

    private static final int DEFLATE = 1;

    private record Message(int type, byte[] body) {}

    private final List<Message> messages = new ArrayList<>();

    static ObjectHeader group() {
        ObjectHeader header = new ObjectHeader();
        header.add(
                LINK_INFO,
                buffer(18).put((byte) 0).put((byte) 0).putLong(UNDEFINED).putLong(UNDEFINED));
        header.add(GROUP_INFO, buffer(2));
        return header;
    }

    /** A dataset without layout yet. */
    static ObjectHeader dataset(byte[] type, byte[] space) {
        ObjectHeader header = new ObjectHeader();
        header.messages.add(new Message(DATASPACE, space));
        header.messages.add(new Message(DATATYPE, type));
        // Allocated as written, no fill value of its own.
        header.add(FILL_VALUE, buffer(2).put((byte) 3).put((byte) 0x0b));
        return header;
    }

    /** An empty dataset: contiguous, nowhere. */
    ObjectHeader empty() {
        return add(
                LAYOUT,
                buffer(18).put((byte) 3).put((byte) 1).putLong(UNDEFINED).putLong(0));
    }

    ObjectHeader chunked(long tree, int chunk, int elementBytes, int deflateLevel) {
        if (deflateLevel > 0) {
            ByteBuffer filter = buffer(12).put((byte) 2).put((byte) 1);
            filter.putShort((short) DEFLATE).putShort((short) 1).putShort((short) 1);
            add(FILTERS, filter.putInt(deflateLevel));
        }
        ByteBuffer layout = buffer(19).put((byte) 3).put((byte) 2).put((byte) 2);
        return add(LAYOUT, layout.putLong(tree).putInt(chunk).putInt(elementBytes));
    }

    ObjectHeader link(String name, long address) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer link =
                buffer(5 + utf8.length + 8).put((byte) 1).put((byte) 0x11).put((byte) 1);
        return add(LINK, link.putShort((short) utf8.length).put(utf8).putLong(address));
    }

    ObjectHeader attribute(byte[] message) {
        messages.add(new Message(ATTRIBUTE, message));
        return this;
    }

    byte[] bytes() {
        int size = 0;
        for (Message message : messages) {
            size += 4 + message.body.length;
        }
        ByteBuffer header = buffer(10 + size + 4);
        header.put("OHDR".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 2)
                .put((byte) 0x02)
                .putInt(size);
        for (Message message : messages) {
            header.put((byte) message.type)
                    .putShort((short) message.body.length)
                    .put((byte) 0);
            header.put(message.body);
        }
        return checked(header);
    }

    /** Ends a metadata block with its checksum. */
    static byte[] checked(ByteBuffer block) {
        byte[] bytes = block.array();
        byte[] body = java.util.Arrays.copyOf(bytes, bytes.length - 4);
        return block.putInt(bytes.length - 4, JenkinsLookup3HashLittle.hash(body))
                .array();
    }

    static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ObjectHeader add(int type, ByteBuffer body) {
        messages.add(new Message(type, body.array()));
        return this;
    }
}
