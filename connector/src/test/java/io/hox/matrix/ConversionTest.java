package io.hox.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.atlas.Promotion;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import org.junit.jupiter.api.Test;

class ConversionTest {

    @Test
    void columnsAreNeverUnsigned() {
        for (DataType type : DataType.values()) {
            assertThat(ColumnTypes.of(type).isUnsigned()).isFalse();
            assertThat(ColumnTypes.of(ColumnTypes.of(type))).isEqualTo(ColumnTypes.of(type));
        }
    }

    @Test
    void everyTypeBecomesTheColumnOfAnyLayerThatHasIt() {
        for (DataType a : DataType.values()) {
            for (DataType b : DataType.values()) {
                DataType column = ColumnTypes.of(Promotion.common(a, b));
                assertThat(Conversion.possible(a, column))
                        .as("%s beside %s in a column of %s", a, b, column)
                        .isTrue();
                Values converted = Conversion.convert(Values.allocate(a, 3), 3, column, (i, value) -> null);
                assertThat(converted.type()).isEqualTo(column);
                assertThat(converted.length()).isEqualTo(3);
            }
        }
    }

    @Test
    void highBitsOfUnsignedTypesAreKept() {
        assertThat(convert(DataType.UINT8, new byte[] {-1}, DataType.INT16).shorts())
                .containsExactly((short) 255);
        assertThat(convert(DataType.UINT16, new short[] {-1}, DataType.INT32).ints())
                .containsExactly(65535);
        assertThat(convert(DataType.UINT32, new int[] {-1}, DataType.INT64).longs())
                .containsExactly(4294967295L);
        assertThat(convert(DataType.UINT32, new int[] {-1}, DataType.FLOAT64).doubles())
                .containsExactly(4294967295.0);
        assertThat(convert(DataType.UINT64, new long[] {-1}, DataType.FLOAT64).doubles())
                .containsExactly(18446744073709551616.0);
        assertThat(convert(DataType.UINT16, new short[] {-1}, DataType.FLOAT32).floats())
                .containsExactly(65535f);
        assertThat(convert(DataType.INT8, new byte[] {-1}, DataType.INT64).longs())
                .containsExactly(-1);
    }

    @Test
    void narrowingIsNotPossible() {
        assertThat(Conversion.possible(DataType.FLOAT32, DataType.INT32)).isFalse();
        assertThat(Conversion.possible(DataType.INT64, DataType.INT32)).isFalse();
        assertThat(Conversion.possible(DataType.INT32, DataType.FLOAT32)).isFalse();
        assertThat(Conversion.possible(DataType.FLOAT64, DataType.FLOAT32)).isFalse();
        assertThat(Conversion.possible(DataType.INT32, DataType.BOOL)).isFalse();
    }

    private static Values convert(DataType from, Object array, DataType to) {
        return Conversion.convert(Values.of(from, array), 1, to, (i, value) -> new IllegalStateException(value));
    }
}
