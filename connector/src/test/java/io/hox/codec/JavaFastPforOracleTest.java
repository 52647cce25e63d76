package io.hox.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JavaFastPFOR packs 32 values into one bit stream; a block of BP-128 is four such streams, one a lane. */
class JavaFastPforOracleTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
                29, 30, 31, 32
            })
    void eachLaneIsTheStreamOfJavaFastPfor(int width) {
        Random random = new Random(width);
        int[] values = random.ints(128).map(v -> v >>> 32 - width).toArray();
        values[77] |= 1 << width - 1;
        byte[] encoded = BitPacking.encodeInts(values, 0, 128, Transform.NONE);
        assertThat(encoded).hasSize(6 + 16 * width);
        ByteBuffer registers = ByteBuffer.wrap(encoded, 6, 16 * width).slice().order(ByteOrder.LITTLE_ENDIAN);

        for (int lane = 0; lane < 4; lane++) {
            int[] ofLane = new int[32];
            for (int row = 0; row < 32; row++) {
                ofLane[row] = values[4 * row + lane];
            }
            int[] packed = new int[width];
            me.lemire.integercompression.BitPacking.fastpack(ofLane, 0, packed, 0, width);
            for (int register = 0; register < width; register++) {
                assertThat(registers.getInt(16 * register + 4 * lane)).isEqualTo(packed[register]);
            }
        }
    }
}
