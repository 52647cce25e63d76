package io.hox.lance;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The Substrait plan of a {@link LanceAggregate}: the only form in which Lance takes one for some of a table's fragments.
 * Of the plan it looks at the functions' names, the keys, the measures and the names of the result; columns are
 * addressed by their place in the table.
 */
final class SubstraitAggregate {
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int MORE = 0x80;

    // Numbers of fields, named after the messages of Substrait's plan.proto and algebra.proto.
    private static final int PLAN_EXTENSIONS = 2;
    private static final int PLAN_RELATIONS = 3;
    private static final int EXTENSION_FUNCTION = 3;
    private static final int FUNCTION_ANCHOR = 2;
    private static final int FUNCTION_NAME = 3;
    private static final int RELATION_ROOT = 2;
    private static final int ROOT_INPUT = 1;
    private static final int ROOT_NAMES = 2;
    private static final int REL_AGGREGATE = 4;
    private static final int AGGREGATE_GROUPINGS = 3;
    private static final int AGGREGATE_MEASURES = 4;
    private static final int GROUPING_EXPRESSIONS = 1;
    private static final int MEASURE_FUNCTION = 1;
    private static final int CALL_FUNCTION = 1;
    private static final int CALL_ARGUMENTS = 7;
    private static final int ARGUMENT_VALUE = 3;
    private static final int EXPRESSION_SELECTION = 2;
    private static final int SELECTION_DIRECT = 1;
    private static final int SELECTION_ROOT = 4;
    private static final int SEGMENT_FIELD = 2;
    private static final int FIELD_INDEX = 1;

    private final List<String> columns;

    /** @param columns all columns of the table, in order */
    SubstraitAggregate(List<String> columns) {
        this.columns = columns;
    }

    /** A direct buffer, as native code wants it. */
    ByteBuffer encode(LanceAggregate aggregate) {
        Message keys = new Message();
        Message names = new Message();
        for (int i = 0; i < aggregate.keys().size(); i++) {
            keys.add(GROUPING_EXPRESSIONS, column(aggregate.keys().get(i)));
            names.add(ROOT_NAMES, LanceAggregate.key(i));
        }
        Message rel = new Message().add(AGGREGATE_GROUPINGS, keys);
        for (int i = 0; i < aggregate.measures().size(); i++) {
            rel.add(AGGREGATE_MEASURES, measure(aggregate.measures().get(i)));
            names.add(ROOT_NAMES, LanceAggregate.measure(i));
        }
        Message plan = new Message();
        for (LanceAggregate.Function function : LanceAggregate.Function.values()) {
            Message declared = new Message()
                    .add(FUNCTION_ANCHOR, anchor(function))
                    .add(FUNCTION_NAME, function.name().toLowerCase(Locale.ROOT));
            plan.add(PLAN_EXTENSIONS, new Message().add(EXTENSION_FUNCTION, declared));
        }
        Message root = new Message().add(ROOT_INPUT, new Message().add(REL_AGGREGATE, rel));
        plan.add(PLAN_RELATIONS, new Message().add(RELATION_ROOT, root.append(names)));
        byte[] bytes = plan.bytes.toByteArray();
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static int anchor(LanceAggregate.Function function) {
        return function.ordinal() + 1;
    }

    private Message measure(LanceAggregate.Measure measure) {
        Message call = new Message().add(CALL_FUNCTION, anchor(measure.function()));
        if (measure.column() != null) {
            call.add(CALL_ARGUMENTS, new Message().add(ARGUMENT_VALUE, column(measure.column())));
        }
        return new Message().add(MEASURE_FUNCTION, call);
    }

    private Message column(String name) {
        Message field = new Message().add(FIELD_INDEX, columns.indexOf(name));
        Message selection = new Message()
                .add(SELECTION_DIRECT, new Message().add(SEGMENT_FIELD, field))
                .add(SELECTION_ROOT, new Message());
        return new Message().add(EXPRESSION_SELECTION, selection);
    }

    /** Protobuf's wire format, as much of it as this needs. */
    private static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message add(int field, int value) {
            varint(field << 3 | VARINT);
            varint(value);
            return this;
        }

        Message add(int field, String text) {
            return add(field, text.getBytes(StandardCharsets.UTF_8));
        }

        Message add(int field, Message message) {
            return add(field, message.bytes.toByteArray());
        }

        private Message add(int field, byte[] value) {
            varint(field << 3 | BYTES);
            varint(value.length);
            bytes.writeBytes(value);
            return this;
        }

        Message append(Message fields) {
            bytes.writeBytes(fields.bytes.toByteArray());
            return this;
        }

        private void varint(int value) {
            int rest = value;
            while ((rest & -MORE) != 0) {
                bytes.write(rest & MORE - 1 | MORE);
                rest >>>= 7;
            }
            bytes.write(rest);
        }
    }
}
