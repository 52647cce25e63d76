package io.hox.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Containers that numcodecs made of the 64 ints 0, 3, 6...; all compressors in all layouts are compared by Python. */
class BloscTest {
    private static final String LZ4 =
            "02013104000100000001000064000000140000004c000000ff32000306090c0f1215181b1e2124272a2d303336"
                    + "393c3f4245484b4e5154575a5d606366696c6f7275787b7e8184878a8d909396999c9fa2a5a8abaeb1b4b7babd"
                    + "000100a7500000000000";

    private static final String LZ4_BITS =
            "02013404000100000001000053000000140000003b00000013aa01001366010013b401002238c7020040c0073f"
                    + "f80400f20000f83f00ff07c0ff0000c0ffff0700010032f8ffff09000f0200a2500000000000";

    private static final String BLOSCLZ =
            "02011104000100000001000062000000140000004a0000003f000306090c0f1215181b1e2124272a2d30333639"
                    + "3c3f4245484b4e5154575a5d1f606366696c6f7275787b7e8184878a8d909396999c9fa2a5a8abaeb1b4b7babd"
                    + "0000e0b400010000";

    private static final String ZLIB =
            "02017004000100000001000097000000140000007f00000078da0dc3816602500000c047c41811113122222222"
                    + "2222222246444444448c31222222222222222262444444ffd61d17420811a37ef869ccb80993a6fc326dc6ac39"
                    + "f3162c5ab26cc5aa35eb366cdaf2dbb61dbbf6ec3b70e8c8b13ffefae7c4a933e72e5cba72edc6ad3bf71e3c7a"
                    + "f2ecc57fafdebcfbf0e9cb3700f817a1";

    private static final String ZSTD =
            "0201910400010000000100006c000000140000005400000028b52ffd6000005502002404000306090c0f121518"
                    + "1b1e2124272a2d303336393c3f4245484b4e5154575a5d606366696c6f7275787b7e8184878a8d909396999c9f"
                    + "a2a5a8abaeb1b4b7babd00000100c28e0251";

    private static final String BLOSCLZ_BITS =
            "02011404000100000001000053000000140000003b00000028aaaaaaaaaaaaaaaa66a00000b4a0000138c78001"
                    + "16c0073ff8c0073ff800f83f00ff07c0ff0000c0ffff0700800002f8ffff8008e0af00010000";

    private static byte[] content() {
        byte[] content = new byte[256];
        for (int i = 0; i < 64; i++) {
            content[4 * i] = (byte) (3 * i);
        }
        return content;
    }

    @ParameterizedTest
    @CsvSource({LZ4, LZ4_BITS, BLOSCLZ, ZLIB, ZSTD, BLOSCLZ_BITS})
    void decodes(String hex) {
        byte[] container = HexFormat.of().parseHex(hex);
        byte[] decoded = new byte[300];

        Blosc.decode(container, 0, container.length, decoded, 7, 256);

        assertThat(Blosc.contentSize(container, 0, container.length)).isEqualTo(256);
        assertThat(Arrays.copyOfRange(decoded, 7, 263)).isEqualTo(content());
    }

    @ParameterizedTest
    @CsvSource({LZ4, LZ4_BITS, BLOSCLZ, ZLIB, ZSTD, BLOSCLZ_BITS})
    void refusesDamageAndNothingElseHappens(String hex) {
        byte[] container = HexFormat.of().parseHex(hex);
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = container.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            int length = round % 3 == 0 ? random.nextInt(damaged.length) : damaged.length;
            try {
                Blosc.decode(damaged, 0, length, new byte[256], 0, 256);
            } catch (MalformedDataException e) {
                assertThat(e).hasMessageContaining("blosc");
            }
        }
    }

    @Test
    void refusesAnotherSize() {
        byte[] container = HexFormat.of().parseHex(LZ4);
        assertThatThrownBy(() -> Blosc.decode(container, 0, container.length, new byte[512], 0, 512))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("holds 256 bytes where 512 are expected");
    }
}
