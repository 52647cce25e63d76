package io.hox.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.codec.Transform;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayMetadataTest {
    /** With single quotes for the double ones; the shortest document that says everything. */
    private static final String SHORTEST = "{'zarr_format':3,'node_type':'array','shape':[5,4],'data_type':'float32',"
            + "'chunk_grid':{'name':'regular','configuration':{'chunk_shape':[2,4]}},"
            + "'chunk_key_encoding':{'name':'default'},'fill_value':0,"
            + "'codecs':[{'name':'bytes','configuration':{'endian':'little'}}]}";

    private static final String SHARDED = SHORTEST.replace(
            "[{'name':'bytes','configuration':{'endian':'little'}}]",
            "[{'name':'sharding_indexed','configuration':{'chunk_shape':[1,2],'codecs':[{'name':'bytes',"
                    + "'configuration':{'endian':'little'}},{'name':'zstd'}],'index_codecs':[{'name':'bytes',"
                    + "'configuration':{'endian':'little'}},'crc32c']}}]");

    private static ArrayMetadata parse(String singleQuoted) {
        return ArrayMetadata.parse(
                singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "document 'a/zarr.json'");
    }

    @Test
    void takesDocumentsWithoutOptionalKeys() {
        ArrayMetadata metadata = parse(SHORTEST);
        assertThat(metadata.shape()).containsExactly(5, 4);
        assertThat(metadata.chunkShape()).containsExactly(2, 4);
        assertThat(metadata.shardShape()).isNull();
        assertThat(metadata.type()).isEqualTo(DataType.FLOAT32);
        assertThat(metadata.compressors()).isEmpty();
    }

    @Test
    void takesShardsOfChunks() {
        ArrayMetadata metadata = parse(SHARDED);
        assertThat(metadata.chunkShape()).containsExactly(1, 2);
        assertThat(metadata.shardShape()).containsExactly(2, 4);
        assertThat(metadata.compressors()).containsExactly("zstd");
    }

    @Test
    void toleratesExtensionsThatNeedNotBeUnderstood() {
        parse(SHORTEST.replace("'fill_value'", "'consolidated_metadata':null,'fill_value'"));
        parse(SHORTEST.replace("'fill_value'", "'x':{'must_understand':false},'fill_value'"));
        parse(SHORTEST.replace("'fill_value'", "'attributes':{'a':NaN},'dimension_names':['x',null],'fill_value'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'default'},'fill| 'default','configuration':{'separator':'/'}},'fill | c/1/2",
                "'default'},'fill| 'default','configuration':{'separator':'.'}},'fill | c.1.2",
                "'default'},'fill| 'v2'},'fill | 1.2",
                "'default'},'fill| 'v2','configuration':{'separator':'/'}},'fill | 1/2",
            })
    void knowsHowChunksAreNamed(String old, String changed, String key) {
        KeyEncoding keys = parse(SHORTEST.replace(old, changed)).keys();
        assertThat(keys.key("g/a", new long[] {1, 2})).isEqualTo("g/a/" + key);
        assertThat(keys.key("", new long[] {1, 2})).isEqualTo(key);
        assertThat(keys.key("", new long[0])).isEqualTo(key.startsWith("c") ? "c" : "0");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "float32, 'NaN', 7fc00000",
                "float32, 'Infinity', 7f800000",
                "float32, '-Infinity', ff800000",
                "float32, '0x7fc00001', 7fc00001",
                "float32, 1.5, 3fc00000",
                "float64, '-Infinity', fff0000000000000",
                "float64, 1, 3ff0000000000000",
                "uint64, 18446744073709551615, ffffffffffffffff",
                "int64, -1, ffffffffffffffff",
                "uint32, 4294967295, ffffffff",
                "int8, -128, 80",
                "uint16, 65535, ffff",
                "bool, true, 1",
                "bool, false, 0",
                "int32, null, 0",
            })
    void readsFillValues(String type, String value, String bits) {
        ArrayMetadata metadata =
                parse(SHORTEST.replace("float32", type).replace("'fill_value':0", "'fill_value':" + value));
        assertThat(Long.toHexString(metadata.fillBits())).isEqualTo(bits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'zarr_format':3 | 'zarr_format':2 | zarr_format is 2",
                "'node_type':'array' | 'node_type':'group' | node_type is 'group'",
                "'float32' | 'string' | data type 'string' is not supported",
                "'float32' | {'name':'numpy.datetime64'} | numpy.datetime64",
                "'regular' | 'rectangular' | chunk grid 'rectangular'",
                "'default' | 'odd' | chunk key encoding",
                "[2,4] | [2] | another rank than shape [5, 4]",
                "[2,4] | [0,4] | chunk_shape has the entry 0",
                "[2,4] | [2147483648,4] | larger than 1073741824 bytes",
                "[2,4] | [268435457,1] | larger than 1073741824 bytes",
                "[2,4] | [4611686018427387904,4611686018427387904] | larger than 1073741824 bytes",
                "[5,4] | [-5,4] | shape has the entry -5",
                "[5,4] | [5.5,4] | shape has the entry 5.5",
                "[5,4] | [4611686018427387904,4611686018427387904] | too large to be addressed",
                "[5,4] | 'x' | shape is not a list",
                "'fill_value':0 | 'fill_value':'zero' | fill value \"zero\" is not a float32",
                "'fill_value':0 | 'fill_value':0,'odd':{} | extension 'odd' is not supported",
                "'fill_value':0 | 'fill_value':0,'storage_transformers':[{'name':'t'}] | storage transformers",
                "'little' | 'middle' | endian 'middle'",
                "{'name':'bytes', | {'name':'transpose'},{'name':'bytes', | codecs must start with 'bytes'",
                "'little'}}] | 'little'}},{'name':'zfpy'}] | codec 'zfpy' is not supported; supported are bytes, zstd",
                "'little'}}] | 'little'}},{'name':'lancell.bitpacking','configuration':{'element_size':2}}] | element_size 2",
                "'little'}}] | 'little'}},{'name':'homeobox.bitpacking','configuration':{'transform':'t'}}] | transform 't'",
            })
    void saysWhatItDoesNotSupport(String old, String changed, String message) {
        assertThat(SHORTEST).contains(old);
        assertThatThrownBy(() -> parse(SHORTEST.replace(old, changed)))
                .isInstanceOf(HoxException.class)
                .hasMessageStartingWith("document 'a/zarr.json': ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1,2] | [1,3] | shard shape [2, 4] is not a multiple of the chunk shape [1, 3]",
                "[2,4] | [16777216,4] | have more than 4194304 chunks",
                "'crc32c'] | 'zstd'] | index_codecs",
                "'index_codecs' | 'index_location':'middle','index_codecs' | index_location 'middle'",
                "]}}]} | ]}},{'name':'zstd'}]} | codecs around sharding_indexed",
                "{'name':'zstd'} | {'name':'sharding_indexed'} | codec 'sharding_indexed' is not supported",
            })
    void saysWhatItDoesNotSupportInShards(String old, String changed, String message) {
        assertThat(SHARDED).contains(old);
        assertThatThrownBy(() -> parse(SHARDED.replace(old, changed)))
                .isInstanceOf(HoxException.class)
                .hasMessageStartingWith("document 'a/zarr.json': ")
                .hasMessageContaining(message);
    }

    @Test
    void writesADocumentAsTheReferenceDoes() {
        ArrayMetadata metadata = ArrayMetadata.sparse(DataType.UINT32, Compression.bitpacked(Transform.DELTA, 4))
                .withShape(1234);
        String expected = "{'shape':[1234],'data_type':'uint32','chunk_grid':{'name':'regular','configuration':"
                + "{'chunk_shape':[10485760]}},'chunk_key_encoding':{'name':'default','configuration':{'separator':'/'}},"
                + "'fill_value':0,'codecs':[{'name':'sharding_indexed','configuration':{'chunk_shape':[40960],'codecs':"
                + "[{'name':'bytes','configuration':{'endian':'little'}},{'name':'homeobox.bitpacking','configuration':"
                + "{'transform':'delta','element_size':4}}],'index_codecs':[{'name':'bytes','configuration':{'endian':"
                + "'little'}},{'name':'crc32c'}],'index_location':'end'}}],'attributes':{},'zarr_format':3,'node_type':"
                + "'array','storage_transformers':[]}";
        String text = new String(metadata.toJson(), StandardCharsets.UTF_8);
        assertThat(text.replaceAll("\\s", "").replace('"', '\'')).isEqualTo(expected);
        assertThat(text).startsWith("{\n  \"shape\": [\n    1234\n  ],\n  \"data_type\": \"uint32\",\n");
    }

    @Test
    void keepsWhatItHasNoUseFor() {
        String text = SHORTEST.replace("'fill_value'", "'attributes':{'a':NaN,'b':'\\u00e4'},'fill_value'");
        byte[] printed = parse(text).withShape(6, 4).toJson();
        assertThat(new String(printed, StandardCharsets.UTF_8)).contains("\"a\": NaN", "\"b\": \"\\u00e4\"");
        assertThat(ArrayMetadata.parse(printed, "again").shape()).containsExactly(6, 4);
    }

    @ParameterizedTest
    @CsvSource({"25,1638,419328", "130,315,80640", "500,81,20898", "2000,20,5240", "50000,1,209", "144,284,72704"})
    void hasTheReferencesChunksInShardsOfAQuarter(int features, int chunkRows, long shardRows) {
        ArrayMetadata metadata = ArrayMetadata.dense(DataType.FLOAT32, features, Compression.zstd());
        assertThat(metadata.chunkShape()).containsExactly(chunkRows, features);
        assertThat(metadata.shardShape()).containsExactly(shardRows, features);
    }

    @Test
    void packedChunksMustDivideIntoElements() {
        assertThatThrownBy(() -> ArrayMetadata.sharded(
                        DataType.UINT16,
                        new long[] {0},
                        new int[] {3},
                        new long[] {9},
                        Compression.bitpacked(Transform.NONE, 4)))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("chunks of 6 bytes cannot be packed in elements of 4 bytes");
        assertThat(Arrays.asList(ArrayMetadata.dense(DataType.UINT8, new int[] {2, 9, 8}, Compression.none())
                        .compressors()))
                .isEmpty();
    }
}
