package io.hox.lance;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Puts a table's schema together. The library's own answer has nullability and metadata but shows a dictionary column as
 * its index type; a scan of no rows knows the dictionaries.
 */
final class TableSchema {
    private TableSchema() {}

    static Schema merge(Schema declared, LanceScan scan) {
        return new Schema(merge(declared.getFields(), scan.schema().getFields(), scan), declared.getCustomMetadata());
    }

    private static List<Field> merge(List<Field> declared, List<Field> scanned, LanceScan scan) {
        List<Field> fields = new ArrayList<>(declared.size());
        for (int i = 0; i < declared.size(); i++) {
            fields.add(merge(declared.get(i), scanned.get(i), scan));
        }
        return fields;
    }

    private static Field merge(Field declared, Field scanned, LanceScan scan) {
        if (scanned.getDictionary() != null) {
            FieldType type = new FieldType(
                    declared.isNullable(),
                    scan.dictionaryType(scanned),
                    scanned.getDictionary(),
                    declared.getMetadata());
            return new Field(declared.getName(), type, null);
        }
        FieldType type = new FieldType(declared.isNullable(), declared.getType(), null, declared.getMetadata());
        return new Field(declared.getName(), type, merge(declared.getChildren(), scanned.getChildren(), scan));
    }
}
