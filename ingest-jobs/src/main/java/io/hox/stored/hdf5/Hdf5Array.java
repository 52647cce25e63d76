package io.hox.stored.hdf5;

import io.hox.stored.NumberReader;
import io.hox.stored.RowReader;
import io.hox.stored.StoredArray;
import io.hox.stored.StoredNode;
import io.hox.stored.TextReader;
import io.hox.zarr.DataType;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.CompoundDataType.CompoundDataMember;
import java.util.List;
import java.util.Map;

/** A dataset of an HDF5 file. */
final class Hdf5Array extends Hdf5Node implements StoredArray {
    /** No filter shrinks data more than this. */
    private static final long LARGEST_EXPANSION = 1032;

    private final Dataset dataset;
    private Map<?, ?> members;

    Hdf5Array(Hdf5 file, Dataset dataset) {
        super(file, dataset);
        this.dataset = dataset;
    }

    @Override
    public long[] shape() {
        return Datasets.shape(file, dataset);
    }

    private io.jhdf.object.datatype.DataType stored() {
        return file.guarded(path(), dataset::getDataType);
    }

    @Override
    public DataType type() {
        ElementType type = ElementType.of(stored());
        return type == null ? null : type.type();
    }

    @Override
    public boolean isText() {
        return StringReader.isText(stored());
    }

    @Override
    public String typeName() {
        return Datasets.typeName(stored());
    }

    @Override
    public long mostElements() {
        long bytes = dataset instanceof ChunkedDataset ? file.size() * LARGEST_EXPANSION : file.size();
        return bytes / Math.max(1, stored().getSize());
    }

    @Override
    public NumberReader numberReader() {
        return new ArrayReader(file, dataset);
    }

    @Override
    public TextReader textReader() {
        return new StringReader(file, dataset);
    }

    @Override
    public RowReader rowReader(long memory) {
        return new DenseReader(file, dataset, memory);
    }

    @Override
    public List<String> fields() {
        return stored() instanceof CompoundDataType compound
                ? compound.getMembers().stream()
                        .map(CompoundDataMember::getName)
                        .toList()
                : null;
    }

    @Override
    public StoredArray field(String name) {
        CompoundDataType compound = (CompoundDataType) stored();
        for (CompoundDataMember member : compound.getMembers()) {
            if (member.getName().equals(name)) {
                return new CompoundField(this, name, member.getDataType());
            }
        }
        throw failure("has no field '" + name + "'");
    }

    /** All values of a field, as jHDF makes them; all fields are read at once. */
    Object values(String field) {
        if (members == null) {
            wholeLength();
            Object content = file.guarded(path(), dataset::getData);
            members = content instanceof Map<?, ?> map ? map : Map.of();
        }
        return members.get(field);
    }

    @Override
    public StoredNode referenced(String attribute) {
        return attribute(attribute) instanceof Number address
                ? of(file, file.nodeAt(address.longValue(), path() + "@" + attribute))
                : null;
    }
}
