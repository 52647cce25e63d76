package io.hox.h5ad;

import io.hox.zarr.Values;
import io.jhdf.api.Dataset;

/** Codes of a categorical column as ints, checked against the number of categories. */
final class Codes {
    private Codes() {}

    static int[] read(Hdf5 file, Dataset dataset, int categories) {
        return checked(file, dataset.getPath(), ArrayReader.readAll(file, dataset), categories);
    }

    static int[] checked(Hdf5 file, String object, Values stored, int categories) {
        int[] codes = new int[stored.length()];
        for (int i = 0; i < codes.length; i++) {
            long code = Integers.at(stored, i);
            if (code < -1 || code >= categories) {
                throw file.failure(
                        object,
                        "has the code " + code + " in row " + i + " but there are only " + categories
                                + " categories. The file is damaged");
            }
            codes[i] = (int) code;
        }
        return codes;
    }
}
