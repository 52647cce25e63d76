package io.hox.stored.zarr;

import io.hox.HoxException;
import io.hox.stored.NumberReader;
import io.hox.stored.RowReader;
import io.hox.stored.StoredArray;
import io.hox.stored.StoredNode;
import io.hox.stored.TextReader;
import io.hox.zarr.DataType;
import io.hox.zarr.ZarrArray;
import java.util.List;

/** An array of a Zarr store. What is not supported is an error when its type is asked for, not before. */
final class ZarrArrayNode extends ZarrNode implements StoredArray {
    private final ZarrDocuments.Node node;
    private Layout layout;

    ZarrArrayNode(ZarrFile file, String path, ZarrDocuments.Node node) {
        super(file, path, node.attributes());
        this.node = node;
    }

    private Layout layout() {
        if (layout == null) {
            layout = Layout.of(node, file() + ": " + path());
        }
        return layout;
    }

    Elements elements() {
        return layout().elements();
    }

    String fillText() {
        return layout().fill();
    }

    /** The array of numbers or bytes that holds the elements. */
    ZarrArray stored() {
        return file.arrays().array(file.documents().stored(path), layout().metadata());
    }

    @Override
    public long[] shape() {
        return Layout.lengths(node.array().path("shape"), file() + ": " + path())
                .clone();
    }

    @Override
    public DataType type() {
        return elements().type();
    }

    @Override
    public boolean isText() {
        return elements().isText();
    }

    @Override
    public String typeName() {
        return isText() ? "text" : type().zarrName();
    }

    /** Chunks that were never written take no room, so the size of a store says nothing. */
    @Override
    public long mostElements() {
        return Long.MAX_VALUE;
    }

    @Override
    public NumberReader numberReader() {
        numberType();
        length();
        return new ZarrNumbers(stored(), elements());
    }

    @Override
    public TextReader textReader() {
        if (!isText()) {
            throw failure("holds " + typeName() + " where text is needed");
        }
        return elements().kind() == Elements.Kind.TEXT ? new ZarrTexts(this) : new ZarrFixedTexts(this);
    }

    @Override
    public RowReader rowReader(long memory) {
        numberType();
        long[] shape = shape();
        if (shape.length != 2 || shape[1] > LONGEST) {
            throw failure("has " + shape.length + " dimensions where two are needed");
        }
        return new ZarrRows(stored(), elements(), memory);
    }

    @Override
    public List<String> fields() {
        return null;
    }

    @Override
    public StoredArray field(String name) {
        throw failure("has no field '" + name + "'");
    }

    @Override
    public StoredNode referenced(String attribute) {
        return null;
    }

    /** Makes a failure of reading name this file in the way that others do. */
    HoxException unreadable(String what) {
        return failure("cannot be read: " + what + ". The store is damaged; copy or download it again");
    }
}
