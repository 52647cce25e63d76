package io.hox.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UidsTest {

    @ParameterizedTest
    @CsvSource({
        "ENSG00000139618, 4703a516167c5bc6",
        "TP53, c8e826ea16bf526b",
        "2244, 15f5ec2a49d45fec",
        "'', 4a0ec3bfe820588c"
    })
    void stableUidsEqualTheReference(String value, String uid) {
        assertThat(Uids.stable(value)).isEqualTo(uid);
        assertThat(Uids.stableOf(value)).isEqualTo(uid);
    }

    @Test
    void severalValuesAreJoined() {
        assertThat(Uids.stable("a", "b")).isEqualTo("d8805ec0c38a5a68").isEqualTo(Uids.stable("a|b"));
    }

    @Test
    void integralNumbersCountAsIntegers() {
        assertThat(Uids.stableOf(2244L)).isEqualTo("15f5ec2a49d45fec");
        assertThat(Uids.stableOf(2244)).isEqualTo("15f5ec2a49d45fec");
        assertThat(Uids.stableOf(2244.0)).isEqualTo("15f5ec2a49d45fec");
        assertThat(Uids.stableOf(2244.0f)).isEqualTo(Uids.stable("2244.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "-0.0001, -0.0001",
        "0.00001, 1e-05",
        "1.5e-7, 1.5e-07",
        "1e22, 10000000000000000000000",
        "-3.0, -3",
        "123456789.125, 123456789.125",
        "2.2250738585072014E-308, 2.2250738585072014e-308",
        "5.684341886080801E-14, 5.684341886080801e-14",
        "0.0, 0",
        "Infinity, inf"
    })
    void numbersAreWrittenAsPythonWritesThem(double value, String text) {
        assertThat(Uids.canonical(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "5.0, 5.0", "1e16, 1e+16", "3.4028235e38, 3.4028235e+38", "16777216, 16777216.0"})
    void singlePrecisionIsWrittenAsNumpyWritesIt(float value, String text) {
        assertThat(Uids.canonical(value)).isEqualTo(text);
    }

    @Test
    void booleansAreWrittenAsPythonWritesThem() {
        assertThat(Uids.canonical(true)).isEqualTo("True");
        assertThat(Uids.canonical(false)).isEqualTo("False");
    }

    @Test
    void missingValuesGetRandomUids() {
        assertThat(Uids.stableOf(null)).matches("[0-9a-f]{12}4[0-9a-f]{3}").isNotEqualTo(Uids.stableOf(null));
        assertThat(Uids.stableOf(Double.NaN)).isNotEqualTo(Uids.stableOf(Double.NaN));
        assertThat(Uids.stableOf(Float.NaN)).isNotEqualTo(Uids.stableOf(Float.NaN));
        assertThatThrownBy(() -> Uids.stable("a", null)).isInstanceOf(HoxException.class);
        assertThatThrownBy(Uids::stable).isInstanceOf(HoxException.class);
    }

    @Test
    void layoutUidsEqualTheReference() {
        assertThat(Uids.layout(List.of())).isEqualTo("e3b0c44298fc1c14");
        assertThat(Uids.layout(List.of("a"))).isEqualTo("ffe9aaeaa2a2d504");
        assertThat(Uids.layout(List.of("gene_0", "gene_1", "gene_2"))).isEqualTo("06a0692dfb3a3573");
        assertThat(Uids.layout(List.of("gene_1", "gene_0", "gene_2"))).isEqualTo("bd64bc92de9e10fb");
        assertThat(Uids.layout(List.of("géne"))).isEqualTo("42d69d180e2d93ea");
    }

    @Property
    void kindsOfUidsCanBeToldApart(@ForAll String value) {
        assertThat(Uids.stable(value)).matches("[0-9a-f]{12}5[0-9a-f]{3}").isEqualTo(Uids.stable(value));
        assertThat(Uids.random()).matches("[0-9a-f]{12}4[0-9a-f]{3}");
    }

    @Property
    void writtenNumbersReadBackEqual(@ForAll double value) {
        String text = Uids.canonical(value);
        assertThat(text == null ? Double.NaN : Double.parseDouble(text.replace("inf", "Infinity")))
                .isEqualTo(value == 0 ? 0.0 : value);
    }
}
