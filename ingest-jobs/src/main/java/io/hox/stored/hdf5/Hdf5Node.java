package io.hox.stored.hdf5;

import io.hox.HoxException;
import io.hox.stored.StoredNode;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.Arrays;

/** What groups and datasets have in common: a path and attributes. */
abstract class Hdf5Node implements StoredNode {
    final Hdf5 file;
    private final Node node;

    Hdf5Node(Hdf5 file, Node node) {
        this.file = file;
        this.node = node;
    }

    static StoredNode of(Hdf5 file, Node node) {
        if (node instanceof Group group) {
            return new Hdf5Group(file, group);
        }
        if (node instanceof Dataset dataset) {
            return new Hdf5Array(file, dataset);
        }
        return null;
    }

    @Override
    public final String path() {
        return node.getPath();
    }

    @Override
    public final String file() {
        return file.name();
    }

    @Override
    public final HoxException failure(String what) {
        return file.failure(node.getPath(), what);
    }

    @Override
    public final String text(String attribute) {
        String[] texts = texts(attribute);
        return texts == null || texts.length != 1 ? null : texts[0];
    }

    @Override
    public final String[] texts(String attribute) {
        return file.guarded(node.getPath() + "@" + attribute, () -> {
            Attribute found = node.getAttribute(attribute);
            Object value = found == null ? null : found.getData();
            if (value instanceof String[] texts) {
                return texts;
            }
            if (value instanceof String text) {
                return new String[] {text};
            }
            // An empty list has the type of numbers.
            return found == null ? null : new String[0];
        });
    }

    @Override
    public final long[] numbers(String attribute) {
        Object value = attribute(attribute);
        if (value instanceof long[] longs) {
            return longs;
        }
        return value instanceof int[] ints ? Arrays.stream(ints).asLongStream().toArray() : null;
    }

    @Override
    public final long number(String attribute) {
        return attribute(attribute) instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public final boolean flag(String attribute) {
        Object value = attribute(attribute);
        return Boolean.TRUE.equals(value)
                || "TRUE".equals(value)
                || value instanceof Number number && number.intValue() != 0;
    }

    /** The value of an attribute: a string, a boxed number, an array; null where it is absent or empty. */
    final Object attribute(String name) {
        return file.guarded(node.getPath() + "@" + name, () -> {
            Attribute attribute = node.getAttribute(name);
            return attribute == null ? null : attribute.getData();
        });
    }
}
