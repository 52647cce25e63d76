package io.hox.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Crc32cTest {

    @Test
    void isTheCheckValueOfTheStandard() {
        byte[] digits = "..123456789.".getBytes(StandardCharsets.US_ASCII);
        assertThat(Crc32c.of(digits, 2, 9)).isEqualTo(0xE3069283);
    }
}
