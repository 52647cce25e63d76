package io.hox.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 3", "255, 0", "256, 3", "65791, 1", "65792, 19", "200000, -5"})
    void contentSurvivesAtAnyOffset(int length, int level) {
        byte[] content = content(length);
        byte[] padded = new byte[length + 7];
        System.arraycopy(content, 0, padded, 4, length);
        for (boolean checksum : new boolean[] {false, true}) {
            byte[] frame = Zstd.compress(padded, 4, length, level, checksum);
            byte[] shifted = new byte[frame.length + 5];
            System.arraycopy(frame, 0, shifted, 3, frame.length);
            byte[] out = new byte[length + 9];
            Zstd.decompress(shifted, 3, frame.length, out, 2, length);
            assertThat(Arrays.copyOfRange(out, 2, 2 + length)).isEqualTo(content);
            assertThat(out[0] | out[1] | out[length + 2]).isZero();
        }
    }

    @Test
    void otherContentSizeThanExpectedIsRefused() {
        byte[] frame = Zstd.compress(content(1000), 0, 1000, 3, false);
        for (int expected : new int[] {0, 999, 1001}) {
            assertThatThrownBy(() -> Zstd.decompress(frame, 0, frame.length, new byte[2000], 0, expected))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessage("zstd: the frame at byte offset 0 holds 1000 bytes where " + expected
                            + " bytes are expected");
        }
    }

    @Test
    void claimOfHugeContentIsRefusedWithoutAllocatingIt() {
        byte[] claim = HexFormat.of().parseHex("28b52ffd" + "e0" + "ffffffffffffff7f" + "010000");
        assertThatThrownBy(() -> Zstd.decompress(claim, 0, claim.length, new byte[10], 0, 10))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("holds 9223372036854775807 bytes where 10");
    }

    @Test
    void absentContentSizeIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(bytes)) {
            out.write(content(1000));
        }
        byte[] frame = bytes.toByteArray();
        assertThatThrownBy(() -> Zstd.decompress(frame, 0, frame.length, new byte[1000], 0, 1000))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("does not state its content size");
    }

    @Test
    void otherBytesAreRefused() {
        byte[] text = "this is not compressed".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> Zstd.decompress(text, 0, text.length, new byte[10], 0, 10))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("no frame starts at byte offset 0");
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] frame = Zstd.compress(content(3000), 0, 3000, 3, true);
        for (int length = 0; length < frame.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> Zstd.decompress(frame, 0, cut, new byte[3000], 0, 3000))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("byte");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void corruptFramesDecodeOrAreRefused(long seed) {
        Random random = new Random(seed);
        byte[] frame = Zstd.compress(content(3000), 0, 3000, 3, false);
        for (int i = 0; i < 500; i++) {
            byte[] corrupt = frame.clone();
            corrupt[random.nextInt(corrupt.length)] = (byte) random.nextInt();
            byte[] out = new byte[3001];
            try {
                Zstd.decompress(corrupt, 0, corrupt.length, out, 0, 3000);
            } catch (MalformedDataException e) {
                assertThat(e).hasMessageStartingWith("zstd: ");
            }
            assertThat(out[3000]).isZero();
        }
    }

    @Test
    void checksumFindsChangedContent() {
        byte[] frame = Zstd.compress(content(1000), 0, 1000, 3, true);
        frame[frame.length - 1] ^= 1;
        assertThatThrownBy(() -> Zstd.decompress(frame, 0, frame.length, new byte[1000], 0, 1000))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("checksum");
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        Random random = new Random(length);
        for (int i = 0; i < length; i++) {
            content[i] = (byte) random.nextInt(7);
        }
        return content;
    }
}
