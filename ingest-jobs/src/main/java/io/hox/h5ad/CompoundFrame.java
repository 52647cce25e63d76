package io.hox.h5ad;

import io.hox.source.Column;
import io.hox.source.DataFrame;
import io.hox.zarr.Values;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.CompoundDataType.CompoundDataMember;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of anndata before 0.7: one compound dataset, its first member the index, categories apart in uns. */
final class CompoundFrame {
    private final Hdf5 file;
    private final ColumnReader columns;
    private Map<?, ?> content;

    CompoundFrame(Hdf5 file, ColumnReader columns) {
        this.file = file;
        this.columns = columns;
    }

    DataFrame read(Dataset dataset) {
        String object = dataset.getPath();
        if (!(file.guarded(object, dataset::getDataType) instanceof CompoundDataType compound)) {
            throw file.failure(object, "is neither a group nor a table. The file is no h5ad file");
        }
        int rows = Datasets.wholeLength(file, dataset);
        List<Column> read = new ArrayList<>();
        Map<String, String> unreadable = new LinkedHashMap<>();
        for (CompoundDataMember member : compound.getMembers()) {
            Column column = column(dataset, member, rows);
            if (column != null) {
                read.add(column);
            } else {
                unreadable.put(member.getName(), object + " holds it in a type that is not supported");
            }
        }
        if (read.isEmpty()
                || !read.get(0).name().equals(compound.getMembers().get(0).getName())) {
            throw file.failure(object, "has no index");
        }
        return new DataFrame(read.get(0), read.subList(1, read.size()), unreadable);
    }

    private Column column(Dataset dataset, CompoundDataMember member, int rows) {
        String name = member.getName();
        if (StringReader.isText(member.getDataType())) {
            return new Column(
                    name,
                    Column.Kind.STRING,
                    null,
                    rows,
                    false,
                    false,
                    Column.Loader.whole(() -> Column.Content.strings(strings(dataset, name))));
        }
        ElementType type = ElementType.of(member.getDataType());
        if (type == null) {
            return null;
        }
        String object = dataset.getPath() + "." + name;
        Column categories = categories(name);
        if (categories != null && !type.type().isFloat()) {
            return new Column(name, Column.Kind.CATEGORICAL, null, rows, false, true, Column.Loader.whole(() -> {
                Values codes = Datasets.values(file, object, type, member(dataset, name));
                return Column.Content.codes(Codes.checked(file, object, codes, categories.length()), categories);
            }));
        }
        Column.Kind kind = Column.kindOf(type.type());
        return new Column(
                name,
                kind,
                type.type(),
                rows,
                false,
                false,
                Column.Loader.whole(
                        () -> Column.Content.values(Datasets.values(file, object, type, member(dataset, name)), null)));
    }

    private String[] strings(Dataset dataset, String name) {
        return member(dataset, name) instanceof String[] strings ? strings : new String[0];
    }

    private Column categories(String name) {
        Node uns = file.child(file.root(), "uns");
        Node categories = uns instanceof Group group ? file.child(group, name + "_categories") : null;
        return categories instanceof Dataset ? columns.index(name, categories) : null;
    }

    private Object member(Dataset dataset, String name) {
        if (content == null) {
            content = (Map<?, ?>) file.guarded(dataset.getPath(), dataset::getData);
        }
        return content == null ? null : content.get(name);
    }
}
