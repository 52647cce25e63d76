package io.hox.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import io.hox.HoxException;
import java.math.BigInteger;

/** Fill values of documents as the bits of an element. */
final class FillValue {
    private FillValue() {}

    /** @param where names the document in messages */
    static long bits(JsonNode node, DataType type, String where) {
        if (node == null || node.isNull()) {
            return 0;
        }
        if (type == DataType.BOOL && node.isBoolean()) {
            return node.booleanValue() ? 1 : 0;
        }
        if (type.isFloat()) {
            return floatBits(node, type, where);
        }
        if (type != DataType.BOOL && node.isIntegralNumber()) {
            return integerBits(node.bigIntegerValue(), type, where);
        }
        throw unsuitable(node, type, where);
    }

    private static long integerBits(BigInteger value, DataType type, String where) {
        int bits = 8 * type.bytes();
        boolean fits = type.isUnsigned() ? value.signum() >= 0 && value.bitLength() <= bits : value.bitLength() < bits;
        if (!fits) {
            throw new HoxException(where + ": fill value " + value + " is not a " + type.zarrName());
        }
        return masked(value.longValue(), type);
    }

    private static long floatBits(JsonNode node, DataType type, String where) {
        if (node.isNumber()) {
            return of(node.doubleValue(), type);
        }
        String text = node.isTextual() ? node.textValue() : "";
        switch (text) {
            case "NaN":
                return of(Double.NaN, type);
            case "Infinity":
                return of(Double.POSITIVE_INFINITY, type);
            case "-Infinity":
                return of(Double.NEGATIVE_INFINITY, type);
            default:
        }
        if (text.matches("0x[0-9a-fA-F]{" + 2 * type.bytes() + "}")) {
            return Long.parseUnsignedLong(text, 2, text.length(), 16);
        }
        throw unsuitable(node, type, where);
    }

    private static long of(double value, DataType type) {
        return type == DataType.FLOAT32
                ? masked(Float.floatToIntBits((float) value), type)
                : Double.doubleToLongBits(value);
    }

    private static long masked(long bits, DataType type) {
        return type.bytes() == 8 ? bits : bits & ((1L << 8 * type.bytes()) - 1);
    }

    private static HoxException unsuitable(JsonNode node, DataType type, String where) {
        return new HoxException(where + ": fill value " + node + " is not a " + type.zarrName());
    }
}
