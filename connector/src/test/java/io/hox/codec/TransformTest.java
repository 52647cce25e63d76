package io.hox.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TransformTest {

    @Test
    void namesAndBytesAreThoseOfTheFormat() {
        assertThat(Transform.of("none")).isEqualTo(Transform.NONE);
        assertThat(Transform.of("delta")).isEqualTo(Transform.DELTA);
        assertThat(Transform.of("delta_zigzag")).isEqualTo(Transform.DELTA_ZIGZAG);
        assertThat(Transform.NONE.id()).isZero();
        assertThat(Transform.DELTA.id()).isEqualTo((byte) 1);
        assertThat(Transform.DELTA_ZIGZAG.id()).isEqualTo((byte) 2);
        assertThat(Transform.DELTA_ZIGZAG.configName()).isEqualTo("delta_zigzag");
    }

    @Test
    void unknownNameIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> Transform.of("delta4"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("'delta4'")
                .hasMessageContaining("none, delta and delta_zigzag");
    }
}
