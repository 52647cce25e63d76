package io.hox.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The worked examples of the format, and what is refused. */
class BitPackingTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void noElementsAreAHeader() {
        assertThat(encoded(Transform.NONE)).isEqualTo("0000000000");
        assertThat(BitPacking.encodeLongs(new long[0], 0, 0, Transform.DELTA)).containsExactly(1, 0, 0, 0, 0);
        BitPacking.decodeInts(new byte[5], 0, 5, new int[0], 0, 0);
        BitPacking.decodeLongs(new byte[5], 0, 5, new long[0], 0, 0);
    }

    @Test
    void zerosHaveNoPayload() {
        assertThat(encoded(Transform.NONE, new int[4096])).isEqualTo("0000100000" + "00".repeat(32));
    }

    @Test
    void lastBlockIsPaddedWithZeros() {
        assertThat(encoded(Transform.NONE, 42)).isEqualTo("0001000000" + "06" + "2a000000" + "00".repeat(92));
    }

    @Test
    void neighboursLieInFourLanes() {
        assertThat(encoded(Transform.NONE, 0, 1, 2, 3, 4, 5, 6, 7))
                .isEqualTo("0008000000" + "03" + "20000000" + "29000000" + "32000000" + "3b000000" + "00".repeat(32));
    }

    @Test
    void differencesWrapAround() {
        assertThat(encoded(Transform.DELTA, 3, 7, 8, 20, 2, 5))
                .isEqualTo("0106000000" + "20" + "03000000" + "04000000" + "01000000" + "0c000000" + "eeffffff"
                        + "03000000" + "00".repeat(488));
    }

    @Test
    void zigzagKeepsSmallNegativeDifferencesNarrow() {
        assertThat(encoded(Transform.DELTA_ZIGZAG, 3, 7, 8, 20, 2, 5))
                .isEqualTo("0206000000" + "06" + "c6080000" + "88010000" + "02000000" + "18000000" + "00".repeat(80));
    }

    @Test
    void valuesStraddleWords() {
        int[] values = new int[128];
        values[0] = 1;
        values[24] = values[25] = values[26] = values[27] = 31;
        assertThat(encoded(Transform.NONE, values))
                .isEqualTo("0080000000" + "05" + "010000c0" + "000000c0".repeat(3) + "07000000".repeat(4)
                        + "00".repeat(48));
    }

    @Test
    void sevenBitsFillSevenRegisters() {
        assertThat(encoded(Transform.NONE, IntStream.range(0, 128).toArray()))
                .isEqualTo("0080000000" + "07" + "00028201" + "8142a211" + "0283c221" + "83c3e231" + "a1603820"
                        + "a9643aa1" + "b1683c22" + "b96c3ea3" + "128a05a3" + "52aa15ab" + "93ca25b3" + "d3ea35bb"
                        + "e1784022" + "e57ac162" + "e97c42a3" + "ed7ec3e3" + "9209a562" + "b219ad66" + "d229b56a"
                        + "f239bd6e" + "b960329a" + "bbe172ba" + "bd62b3da" + "bfe3f3fa" + "0da7e3f9" + "1dafe7fb"
                        + "2db7ebfd" + "3dbfefff");
    }

    @Test
    void differencesRunOnFromBlockToBlock() {
        byte[] encoded =
                BitPacking.encodeInts(IntStream.range(0, 1000).map(i -> 3 * i).toArray(), 0, 1000, Transform.DELTA);
        assertThat(encoded).hasSize(269);
        assertThat(HEX.formatHex(encoded)).startsWith("01e803000002fc" + "ff".repeat(31) + "02");
    }

    @Test
    void longsAreLowBlocksThenHighBlocks() {
        assertThat(HEX.formatHex(BitPacking.encodeLongs(new long[] {1, (1L << 32) + 5}, 0, 2, Transform.NONE)))
                .isEqualTo("0002000000" + "03" + "01000000" + "05000000" + "00".repeat(40) + "01" + "00000000"
                        + "01000000" + "00".repeat(8));
        long[] far = {1L << 50, (1L << 50) + 7, (1L << 50) + 14};
        assertThat(HEX.formatHex(BitPacking.encodeLongs(far, 0, 3, Transform.DELTA)))
                .isEqualTo("0103000000" + "03" + "00000000" + "07000000" + "07000000" + "00".repeat(36) + "13"
                        + "00000400" + "00".repeat(300));
    }

    @Test
    void smallerElementsArePackedAsTheBytesTheyAre() {
        byte[] uint16 = HEX.parseHex("6400c8002c019001");
        assertThat(HEX.formatHex(BitPacking.encodeBytes(uint16, 0, 8, 4, Transform.NONE)))
                .isEqualTo("0002000000" + "19" + "6400c800" + "2c019001" + "00".repeat(392));
    }

    @Test
    void transformIsTheOneOfTheStream() {
        assertThat(BitPacking.elementCount(HEX.parseHex("000100000000ffaa"), 0, 8))
                .isEqualTo(1);
        int[] out = new int[4];
        byte[] allThrees = HEX.parseHex("0104000000" + "02" + "ff".repeat(32));
        BitPacking.decodeInts(allThrees, 0, allThrees.length, out, 0, 4);
        assertThat(out).containsExactly(3, 6, 9, 12);
    }

    @Test
    void otherElementCountIsRefusedBeforeAnythingIsWritten() {
        byte[] encoded = BitPacking.encodeInts(new int[] {1, 2, 3}, 0, 3, Transform.NONE);
        int[] out = new int[8];
        assertThatThrownBy(() -> BitPacking.decodeInts(encoded, 0, encoded.length, out, 0, 4))
                .isInstanceOf(MalformedDataException.class)
                .hasMessage("bit packing: the header at byte offset 1 states 3 elements where 4 are expected");
        assertThat(out).containsOnly(0);
    }

    @Test
    void countThatTheBytesCannotHoldIsRefused() {
        for (String count : new String[] {"ffffffff", "ffffff7f", "81000000"}) {
            byte[] encoded = HEX.parseHex("00" + count + "00");
            assertThatThrownBy(() -> BitPacking.elementCount(encoded, 0, encoded.length))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("byte offset 1")
                    .hasMessageContaining("too many for 6 bytes");
        }
    }

    @Test
    void errorsNameTheByteOffsetInTheStreamWhereverItLies() {
        byte[] encoded = HEX.parseHex("aaaaaa" + "0001000000" + "21" + "00".repeat(600));
        assertThatThrownBy(() -> BitPacking.decodeInts(encoded, 3, encoded.length - 3, new int[1], 0, 1))
                .isInstanceOf(MalformedDataException.class)
                .hasMessage("bit packing: a block has width 33 at byte offset 5, the largest is 32");
    }

    @Test
    void oddLengthsAndElementSizesAreRefused() {
        byte[] bytes = new byte[64];
        assertThatThrownBy(() -> BitPacking.encodeBytes(bytes, 0, 6, 4, Transform.NONE))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("6 bytes are not a whole number of elements of 4 bytes");
        assertThatThrownBy(() -> BitPacking.decodeBytes(bytes, 0, 64, 8, new byte[12], 0, 12))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("12 bytes");
        assertThatThrownBy(() -> BitPacking.decodeBytes(bytes, 0, 64, 2, new byte[12], 0, 12))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("element size 2");
    }

    @Test
    void rangesOutsideTheArraysAreRefused() {
        byte[] encoded = BitPacking.encodeInts(new int[200], 0, 200, Transform.NONE);
        assertThatThrownBy(() -> BitPacking.decodeInts(encoded, 1, encoded.length, new int[200], 0, 200))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> BitPacking.decodeInts(encoded, 0, encoded.length, new int[200], 1, 200))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> BitPacking.decodeLongs(encoded, 0, encoded.length, new long[199], 0, 200))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> BitPacking.decodeBytes(encoded, 0, encoded.length, 4, new byte[800], -4, 800))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> BitPacking.encodeInts(new int[4], 2, 3, Transform.NONE))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static String encoded(Transform transform, int... values) {
        return HEX.formatHex(BitPacking.encodeInts(values, 0, values.length, transform));
    }
}
