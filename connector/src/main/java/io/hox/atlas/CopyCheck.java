package io.hox.atlas;

import io.hox.HoxException;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrArray;
import io.hox.zarr.ZarrHierarchy;
import java.util.List;

/**
 * Compares the feature-oriented copy of a group with its feature space and its other arrays: documents, all offsets, and of
 * a few features whether their rows ascend. Holds a window of offsets and one of rows.
 */
final class CopyCheck {
    private static final int WINDOW = 1 << 18;
    private static final int FEATURES_LOOKED_AT = 16;

    private final ZarrHierarchy zarr;
    private final String group;
    private final FeatureSpace space;
    private final FeatureOriented copy;
    private final List<String> findings;

    /** @param findings gets one line for each thing that is wrong */
    CopyCheck(ZarrHierarchy zarr, FeatureSpace space, String group, List<String> findings) {
        this.zarr = zarr;
        this.space = space;
        this.group = group;
        this.copy = space.featureOriented();
        this.findings = findings;
    }

    /**
     * Checks the copy, if there is one.
     *
     * @param entries elements of the arrays that it is a copy of; -1 where nobody knows
     * @return features of the copy; -1 when there is none or nobody can tell
     */
    long run(long entries) {
        try {
            ZarrArray pointers = copy == null ? null : zarr.arrayOrNull(group + "/" + copy.pointersPath());
            return pointers == null ? -1 : check(pointers, entries);
        } catch (HoxException e) {
            add("can't be read: " + e.getMessage());
            return -1;
        }
    }

    private long check(ZarrArray pointers, long entries) {
        ZarrArray rows = null;
        for (ArraySpec spec : copy.arrays()) {
            ZarrArray array = array(spec.path(), spec.types());
            rows = spec.path().equals(copy.indicesPath()) ? array : rows;
        }
        long length = rows == null ? entries : rows.shape()[0];
        if (rows != null && entries >= 0 && length != entries) {
            add("has " + length + " row numbers of " + entries + " entries");
        }
        checkLayers(length);
        if (!space.isMatrix() || pointers.type() != DataType.INT64 || pointers.shape().length != 1) {
            return -1;
        }
        checkPointers(pointers, length, rows);
        return pointers.shape()[0] - 1;
    }

    private void checkLayers(long length) {
        List<String> present = zarr.arrayNames(group + "/" + copy.layersPath());
        for (LayerSpec layer : copy.layers()) {
            if (layer.required() && !present.contains(layer.name())) {
                add("lacks the required layer '" + layer.name() + "'");
            }
        }
        for (String name : present) {
            LayerSpec layer = copy.layers().stream()
                    .filter(spec -> spec.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (layer == null && !copy.openLayers()) {
                add("has the layer '" + name + "', which the feature space " + space.name() + " does not allow");
                continue;
            }
            ZarrArray array = array(copy.layersPath() + "/" + name, layer == null ? List.of() : layer.types());
            if (array != null && length >= 0 && array.shape()[0] != length) {
                add("has the layer '" + name + "' with " + array.shape()[0] + " entries, not " + length);
            }
        }
    }

    /** An array of one axis; null when it is something else. */
    private ZarrArray array(String path, List<DataType> types) {
        ZarrArray array = zarr.arrayOrNull(group + "/" + path);
        if (array == null) {
            add("lacks the array '" + path + "'");
            return null;
        }
        if (!types.isEmpty() && !types.contains(array.type())) {
            add("has the array '" + path + "' with type " + array.type().zarrName() + ", allowed are "
                    + types.stream().map(DataType::zarrName).toList());
        }
        if (array.shape().length != 1) {
            add("has the array '" + path + "' with " + array.shape().length + " axes");
            return null;
        }
        return array;
    }

    private void checkPointers(ZarrArray pointers, long entries, ZarrArray rows) {
        long numbers = pointers.shape()[0];
        long step = Math.max(1, numbers / FEATURES_LOOKED_AT);
        long last = 0;
        for (long from = 0; from < numbers; from += WINDOW) {
            long to = Math.min(numbers, from + WINDOW);
            long[] window =
                    pointers.readRanges(new long[] {from}, new long[] {to}, 1).longs();
            for (int i = 0; i < window.length; i++) {
                if (from + i == 0 ? window[i] != 0 : window[i] < last) {
                    add("has offsets that do not ascend from 0, first at feature " + (from + i));
                    return;
                }
                if (rows != null && (from + i) % step == 1 % step && window[i] <= entries) {
                    checkRows(rows, from + i - 1, last, Math.min(window[i], last + WINDOW));
                }
                last = window[i];
            }
        }
        if (entries >= 0 && (numbers == 0 || last != entries)) {
            add("has offsets up to " + last + ", but " + entries + " entries");
        }
    }

    private void checkRows(ZarrArray rows, long feature, long from, long to) {
        Values values = rows.readRanges(new long[] {from}, new long[] {to}, 1);
        if (values.type() != DataType.UINT32) {
            return;
        }
        int[] numbers = values.ints();
        for (int i = 1; i < numbers.length; i++) {
            if (Integer.compareUnsigned(numbers[i - 1], numbers[i]) > 0) {
                add("has row numbers of feature " + feature + " that do not ascend");
                return;
            }
        }
    }

    private void add(String problem) {
        String finding = "Feature-oriented copy of Zarr group '" + group + "' (feature space " + space.name() + ") "
                + problem + ". Make it again: hox index --rebuild --group '" + group + "'";
        findings.add(finding);
    }
}
