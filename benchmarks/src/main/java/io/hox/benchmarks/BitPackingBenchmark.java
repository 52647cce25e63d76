package io.hox.benchmarks;

import io.hox.codec.BitPacking;
import io.hox.codec.Transform;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import me.lemire.integercompression.differential.IntegratedBitPacking;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Bit packing of one chunk of 40,960 integers on one core, with JavaFastPFOR beside it. The unit is integers per
 * nanosecond: 3.1 means 3.1 G integers a second, 12.4 GB a second of decoded bytes.
 *
 * <pre>
 * mvn -q -pl benchmarks -am -DskipTests package
 * java -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath)" org.openjdk.jmh.Main BitPackingBenchmark
 * </pre>
 *
 * A part of it: {@code ... BitPackingBenchmark.decodeInts -p width=4,13 -p transform=DELTA}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(BitPackingBenchmark.CHUNK)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class BitPackingBenchmark {
    /** Elements of a chunk as homeobox writes them. */
    static final int CHUNK = 40_960;

    private static final int PEER_BLOCK = 32;

    /** A chunk whose every block has the width. */
    @State(Scope.Thread)
    public static class Chunk {
        @Param({"NONE", "DELTA", "DELTA_ZIGZAG"})
        public Transform transform;

        @Param({"1", "4", "8", "13", "20", "32"})
        public int width;

        private int[] values;
        private byte[] encoded;
        private int[] ints;
        private byte[] bytes;

        /** Values that become random words of the width when transformed. */
        @Setup
        public void fill() {
            values = randomWords(width);
            int last = 0;
            for (int i = 0; i < CHUNK && transform != Transform.NONE; i++) {
                int word = values[i];
                last += transform == Transform.DELTA ? word : word >>> 1 ^ -(word & 1);
                values[i] = last;
            }
            encoded = BitPacking.encodeInts(values, 0, CHUNK, transform);
            ints = new int[CHUNK];
            bytes = new byte[CHUNK * Integer.BYTES];
            BitPacking.decodeInts(encoded, 0, encoded.length, ints, 0, CHUNK);
            if (!Arrays.equals(ints, values)) {
                throw new IllegalStateException("decoded values differ");
            }
        }
    }

    /** The same amount of data in the layout of JavaFastPFOR: 32 values a block, one bit stream. */
    @State(Scope.Thread)
    public static class PeerChunk {
        @Param({"1", "4", "8", "13", "20", "32"})
        public int width;

        private int[] packed;
        private int[] ints;

        @Setup
        public void fill() {
            int[] words = randomWords(width);
            packed = new int[CHUNK / PEER_BLOCK * width];
            ints = new int[CHUNK];
            for (int i = 0; i < CHUNK / PEER_BLOCK; i++) {
                me.lemire.integercompression.BitPacking.fastpack(words, i * PEER_BLOCK, packed, i * width, width);
            }
        }
    }

    @Benchmark
    public int[] decodeInts(Chunk chunk) {
        BitPacking.decodeInts(chunk.encoded, 0, chunk.encoded.length, chunk.ints, 0, CHUNK);
        return chunk.ints;
    }

    @Benchmark
    public byte[] decodeBytes(Chunk chunk) {
        BitPacking.decodeBytes(
                chunk.encoded, 0, chunk.encoded.length, Integer.BYTES, chunk.bytes, 0, chunk.bytes.length);
        return chunk.bytes;
    }

    @Benchmark
    public byte[] encodeInts(Chunk chunk) {
        return BitPacking.encodeInts(chunk.values, 0, CHUNK, chunk.transform);
    }

    @Benchmark
    public int[] javaFastPforPlain(PeerChunk chunk) {
        int width = chunk.width;
        for (int i = 0; i < CHUNK / PEER_BLOCK; i++) {
            me.lemire.integercompression.BitPacking.fastunpack(
                    chunk.packed, i * width, chunk.ints, i * PEER_BLOCK, width);
        }
        return chunk.ints;
    }

    @Benchmark
    public int[] javaFastPforDelta(PeerChunk chunk) {
        int width = chunk.width;
        int last = 0;
        for (int i = 0; i < CHUNK / PEER_BLOCK; i++) {
            int at = i * PEER_BLOCK;
            IntegratedBitPacking.integratedunpack(last, chunk.packed, i * width, chunk.ints, at, width);
            last = chunk.ints[at + PEER_BLOCK - 1];
        }
        return chunk.ints;
    }

    private static int[] randomWords(int width) {
        Random random = new Random(width);
        int[] words = new int[CHUNK];
        for (int i = 0; i < CHUNK; i++) {
            int highestBit = i % 128 == 0 ? 1 << width - 1 : 0;
            words[i] = random.nextInt() >>> 32 - width | highestBit;
        }
        return words;
    }
}
