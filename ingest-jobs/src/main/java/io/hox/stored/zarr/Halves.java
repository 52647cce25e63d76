package io.hox.stored.zarr;

import io.hox.stored.HalfFloat;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;

/** Floats of 16 bits. */
final class Halves {
    private Halves() {}

    /** Values of the type that elements come out as. */
    static Values widened(Elements elements, Values stored) {
        if (elements.kind() != Elements.Kind.HALVES) {
            return stored;
        }
        short[] halves = stored.shorts();
        float[] floats = new float[halves.length];
        for (int i = 0; i < halves.length; i++) {
            floats[i] = HalfFloat.toFloat(halves[i]);
        }
        return Values.of(DataType.FLOAT32, floats);
    }
}
