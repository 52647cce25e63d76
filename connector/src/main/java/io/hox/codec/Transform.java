package io.hox.codec;

/** What happens to the values of a chunk before they are bit-packed; named by the first byte of the stream. */
public enum Transform {
    /** Values as they are. */
    NONE("none"),
    /** Differences of neighbours, wrapping around; the first value is its own difference to zero. */
    DELTA("delta"),
    /** The differences of {@link #DELTA} with their sign folded into the lowest bit. */
    DELTA_ZIGZAG("delta_zigzag");

    private final String configName;

    Transform(String configName) {
        this.configName = configName;
    }

    /** The first byte of a stream of this transform. */
    public byte id() {
        return (byte) ordinal();
    }

    /** The value of {@code transform} in the codec configuration of an array document. */
    public String configName() {
        return configName;
    }

    /**
     * The transform of a codec configuration.
     *
     * @throws MalformedDataException if the format has no transform of that name
     */
    public static Transform of(String configName) {
        for (Transform transform : values()) {
            if (transform.configName.equals(configName)) {
                return transform;
            }
        }
        throw new MalformedDataException("bit packing: unknown transform '" + configName
                + "'; the format has none, delta and delta_zigzag. The array may come from a newer writer");
    }
}
