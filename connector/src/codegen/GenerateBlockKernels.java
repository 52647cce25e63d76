import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the straight-line kernels of the bit packing codec: UnpackKernels, PackKernels and SumKernels in
 * io.hox.codec. One file, no dependencies; from the root of the project:
 *
 * <pre>
 * java connector/src/codegen/GenerateBlockKernels.java connector/src/main/java/io/hox/codec
 * mvn -pl connector spotless:apply
 * </pre>
 *
 * A block is 128 values in 32 rows of 4 lanes; a register of a block is 4 words of 32 bits, one a lane. Two lanes
 * make one 64-bit word here, so that a row is two words and a register is two words: lanes 0 and 1, lanes 2 and 3.
 * Where a value of b bits starts at bit s of its lane, (word >>> s) holds it in both halves; what the neighbouring
 * lane pushes into the low half lies above its b bits, and the doubled mask takes it off. A value that straddles two
 * registers takes 32 - s bits of the one and the rest of the next.
 */
final class GenerateBlockKernels {
    private static final int ROWS = 32;
    private static final int ROW_BYTES = 16;
    /** Of this width alone C2 orders the whole block so badly that it takes three times as long as its two halves. */
    private static final int HALVED = 30;

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: java GenerateBlockKernels.java <directory of io.hox.codec>");
            System.exit(2);
        }
        Path directory = Path.of(args[0]);
        Files.writeString(directory.resolve("UnpackKernels.java"), unpackKernels());
        Files.writeString(directory.resolve("PackKernels.java"), packKernels());
        Files.writeString(directory.resolve("SumKernels.java"), sumKernels());
    }

    private static String unpackKernels() {
        StringBuilder out =
                header("UnpackKernels", "Unpacks one block of 128 values, straight-line code for each width.");
        out.append(
                """
                /**
                 * Reads exactly {@code 16 * width} bytes at the address {@code from} and writes 512 bytes at the
                 * address {@code to}; the caller has checked that both lie inside their arrays.
                 *
                 * @param width 0 to 32
                 * @param dst an array of primitives
                 */
                """);
        dispatch(out, "unpack", "byte[] src, long from, Object dst, long to", "src, from, dst, to", true);
        out.append("private static void unpack0(Object dst, long to) {\n");
        for (int row = 0; row < ROWS; row++) {
            for (int half = 0; half < ROW_BYTES; half += 8) {
                out.append("U.putLong(dst, ")
                        .append(at("to", ROW_BYTES * row + half))
                        .append(", 0L);\n");
            }
        }
        out.append("}\n\n");
        for (int width = 1; width <= 32; width++) {
            if (width == HALVED) {
                unpackHalves(out, width);
            } else {
                unpackOf(out, width, "", ROWS);
            }
        }
        return out.append("}\n").toString();
    }

    /** After half of the rows of an even width a word ends, and the pattern repeats. */
    private static void unpackHalves(StringBuilder out, int width) {
        out.append("private static void unpack")
                .append(width)
                .append("(byte[] src, long from, Object dst, long to) {\n");
        for (int half = 0; half < 2; half++) {
            out.append("unpack")
                    .append(width)
                    .append("Half(src, ")
                    .append(at("from", half * width / 2 * ROW_BYTES))
                    .append(", dst, ")
                    .append(at("to", half * (ROWS / 2) * ROW_BYTES))
                    .append(");\n");
        }
        out.append("}\n\n");
        unpackOf(out, width, "Half", ROWS / 2);
    }

    private static void unpackOf(StringBuilder out, int width, String suffix, int rows) {
        out.append("private static void unpack")
                .append(width)
                .append(suffix)
                .append("(byte[] src, long from, Object dst, long to) {\n");
        out.append("long a = ").append(load("src", "from", 0)).append(";\n");
        out.append("long b = ").append(load("src", "from", 8)).append(";\n");
        for (int row = 0; row < rows; row++) {
            int register = row * width / 32;
            int shift = row * width % 32;
            int here = 32 - shift;
            if (shift == 0 && row > 0) {
                out.append("a = ")
                        .append(load("src", "from", ROW_BYTES * register))
                        .append(";\n");
                out.append("b = ")
                        .append(load("src", "from", ROW_BYTES * register + 8))
                        .append(";\n");
            }
            if (width <= here) {
                String mask = width == 32 ? "" : " & " + doubled(ones(width));
                put(out, row, 0, shifted("a", " >>> ", shift) + mask);
                put(out, row, 8, shifted("b", " >>> ", shift) + mask);
            } else {
                String low = " & " + doubled(ones(here));
                String high = " & " + doubled(ones(width) ^ ones(here));
                String next = " = " + load("src", "from", ROW_BYTES * (register + 1)) + ";\n";
                String nextB = " = " + load("src", "from", ROW_BYTES * (register + 1) + 8) + ";\n";
                out.append(firstStraddle(width, row) ? "long " : "")
                        .append("nextA")
                        .append(next);
                out.append(firstStraddle(width, row) ? "long " : "")
                        .append("nextB")
                        .append(nextB);
                put(out, row, 0, "a >>> " + shift + low + " | nextA << " + here + high);
                put(out, row, 8, "b >>> " + shift + low + " | nextB << " + here + high);
                out.append("a = nextA;\nb = nextB;\n");
            }
        }
        out.append("}\n\n");
    }

    private static boolean firstStraddle(int width, int row) {
        for (int earlier = 0; earlier < row; earlier++) {
            if (earlier * width % 32 + width > 32) {
                return false;
            }
        }
        return true;
    }

    private static String packKernels() {
        StringBuilder out = header("PackKernels", "Packs one block of 128 values, straight-line code for each width.");
        out.append(
                """
                /**
                 * Reads the 128 values at the address {@code from}, none wider than {@code width} bits, and writes
                 * exactly {@code 16 * width} bytes at the address {@code to}; the caller has checked that both lie
                 * inside their arrays.
                 *
                 * @param width 0 to 32
                 */
                """);
        dispatch(out, "pack", "int[] src, long from, byte[] dst, long to", "src, from, dst, to", false);
        width(out);
        for (int width = 1; width <= 32; width++) {
            out.append("private static void pack")
                    .append(width)
                    .append("(int[] src, long from, byte[] dst, long to) {\n");
            for (int register = 0; register < width; register++) {
                for (int half = 0; half < ROW_BYTES; half += 8) {
                    out.append("U.putLong(dst, ")
                            .append(at("to", ROW_BYTES * register + half))
                            .append(", ");
                    out.append(packedWord(width, register, half)).append(");\n");
                }
            }
            out.append("}\n\n");
        }
        return out.append("}\n").toString();
    }

    /** Four chains of "or", so that none waits long for another. */
    private static void width(StringBuilder out) {
        out.append(
                """
                /** The bits of the largest of the 128 values at the address {@code from}, which the caller has checked. */
                """);
        out.append("static int width(int[] src, long from) {\n");
        String[] chains = {"a", "b", "c", "d"};
        int step = 8 * chains.length;
        for (int chain = 0; chain < chains.length; chain++) {
            out.append("long ").append(chains[chain]).append(" = ").append(load("src", "from", 8 * chain));
            for (int offset = step + 8 * chain; offset < ROWS * ROW_BYTES; offset += step) {
                out.append(" | ").append(load("src", "from", offset));
            }
            out.append(";\n");
        }
        out.append("long all = a | b | c | d;\n");
        out.append("return 32 - Integer.numberOfLeadingZeros((int) (all | all >>> 32));\n}\n\n");
    }

    private static String packedWord(int width, int register, int half) {
        StringBuilder word = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            int start = row * width - 32 * register;
            if (start >= 32 || start + width <= 0) {
                continue;
            }
            String value = load("src", "from", ROW_BYTES * row + half);
            word.append(word.length() == 0 ? "" : " | ");
            if (start < 0) {
                word.append(value).append(" >>> ").append(-start).append(" & ").append(doubled(ones(width + start)));
            } else if (start + width > 32) {
                word.append("(")
                        .append(value)
                        .append(" & ")
                        .append(doubled(ones(32 - start)))
                        .append(") << ")
                        .append(start);
            } else {
                word.append(shifted(value, " << ", start));
            }
        }
        return word.toString();
    }

    private static String sumKernels() {
        StringBuilder out = header(
                "SumKernels",
                "Running sums over one block of 128 values in place; of four additions only two wait for one another.");
        out.append(
                """
                /**
                 * Replaces the 128 differences at the address {@code at} by their running sums.
                 *
                 * @param values an array of primitives
                 * @param carry the value before the first
                 * @return the last sum
                 */
                """);
        sum(out, "sum", "");
        out.append(
                """
                /**
                 * Replaces the 128 differences with folded signs at the address {@code at} by their running sums.
                 *
                 * @param values an array of primitives
                 * @param carry the value before the first
                 * @return the last sum
                 */
                """);
        sum(out, "sumZigzag", "unfold");
        out.append("private static int unfold(int z) {\nreturn z >>> 1 ^ -(z & 1);\n}\n");
        return out.append("}\n").toString();
    }

    private static void sum(StringBuilder out, String name, String unfold) {
        out.append("static int ").append(name).append("(Object values, long at, int carry) {\n");
        String[] lanes = {"a", "b", "c", "d"};
        out.append("int last = carry;\n");
        for (int row = 0; row < ROWS; row++) {
            for (int lane = 0; lane < lanes.length; lane++) {
                String value = "U.getInt(values, " + at("at", ROW_BYTES * row + 4 * lane) + ")";
                out.append(row == 0 ? "int " : "").append(lanes[lane]).append(" = ");
                out.append(unfold.isEmpty() ? value : unfold + "(" + value + ")")
                        .append(";\n");
            }
            String type = row == 0 ? "int " : "";
            out.append(type).append("ab = a + b;\n");
            out.append(type).append("cd = c + d;\n");
            out.append(type).append("second = last + ab;\n");
            putInt(out, row, 0, "last + a");
            putInt(out, row, 1, "second");
            putInt(out, row, 2, "second + c");
            out.append("last = second + cd;\n");
            putInt(out, row, 3, "last");
        }
        out.append("return last;\n}\n\n");
    }

    private static StringBuilder header(String type, String about) {
        StringBuilder out = new StringBuilder("package io.hox.codec;\n\nimport sun.misc.Unsafe;\n\n");
        out.append("/**\n * ").append(about).append("\n *\n");
        out.append(" * <p>Generated by {@code src/codegen/GenerateBlockKernels.java}; change that instead.\n */\n");
        out.append("final class ").append(type).append(" {\n");
        out.append("private static final Unsafe U = Memory.UNSAFE;\n\n");
        out.append("private ").append(type).append("() {}\n\n");
        return out;
    }

    private static void dispatch(
            StringBuilder out, String name, String parameters, String arguments, boolean zeroWrites) {
        out.append("static void ")
                .append(name)
                .append("(int width, ")
                .append(parameters)
                .append(") {\nswitch (width) {\n");
        out.append("case 0 -> ").append(zeroWrites ? name + "0(dst, to);\n" : "{}\n");
        for (int width = 1; width <= 32; width++) {
            out.append("case ").append(width).append(" -> ").append(name).append(width);
            out.append("(").append(arguments).append(");\n");
        }
        out.append("default -> throw new IllegalArgumentException(\"width \" + width);\n}\n}\n\n");
    }

    private static void put(StringBuilder out, int row, int half, String value) {
        out.append("U.putLong(dst, ")
                .append(at("to", ROW_BYTES * row + half))
                .append(", ")
                .append(value)
                .append(");\n");
    }

    private static void putInt(StringBuilder out, int row, int lane, String value) {
        out.append("U.putInt(values, ")
                .append(at("at", ROW_BYTES * row + 4 * lane))
                .append(", ");
        out.append(value).append(");\n");
    }

    private static String load(String array, String base, int offset) {
        return "U.getLong(" + array + ", " + at(base, offset) + ")";
    }

    private static String at(String base, int offset) {
        return offset == 0 ? base : base + " + " + offset;
    }

    private static String shifted(String value, String operator, int shift) {
        return shift == 0 ? value : value + operator + shift;
    }

    private static long ones(int bits) {
        return (1L << bits) - 1;
    }

    private static String doubled(long mask) {
        return String.format("0x%XL", mask | mask << 32);
    }
}
