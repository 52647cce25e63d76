package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.DatasetColumns;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.Uids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.StructType;

/** Holds a DataFrame and the options of its write against the atlas, and refuses what does not fit. */
final class AppendPlanner {
    private static final Pattern DATASET_UID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");
    private static final int JOB_DIGITS = 8;

    private final AppendRequest request;
    private final StructType schema;
    private final String queryId;

    AppendPlanner(AppendRequest request, StructType schema, String queryId) {
        this.request = request;
        this.schema = schema;
        this.queryId = queryId;
    }

    AppendWrite plan() {
        try (AtlasWriter atlas =
                AtlasWriter.open(request.atlas().uri(), request.atlas().storage(), request.spaces())) {
            String obsTable = obsTable(atlas);
            Map<String, Object> datasetColumns =
                    DatasetColumns.of(atlas.datasetSchema(), request.datasetColumns(), "option dataset.");
            InputColumns columns = new InputColumns(request, atlas, obsTable, schema);
            FeaturePlanner features = new FeaturePlanner(request, new NewFeatures(atlas));
            List<FieldInput> fields = new ArrayList<>();
            List<FieldFeatures> ofFields = new ArrayList<>();
            for (FieldInput field : columns.fields()) {
                FieldFeatures known = features.plan(field.pointer(), field.group() >= 0);
                fields.add(field.with(known.measured()));
                ofFields.add(known);
            }
            AppendPlan plan = new AppendPlan(
                    atlas.obsRef(obsTable),
                    atlas.uri().store(),
                    atlas.options(),
                    columns.obs(),
                    columns.uid(),
                    List.copyOf(fields),
                    datasetUid(atlas),
                    queryId.replace("-", "").substring(0, JOB_DIGITS));
            return new AppendWrite(request, plan, List.copyOf(ofFields), datasetColumns);
        }
    }

    private String obsTable(AtlasWriter atlas) {
        List<String> tables = atlas.obsTables();
        if (request.obsTable() != null) {
            if (!tables.contains(request.obsTable())) {
                throw new HoxException("the atlas " + request.atlas() + " has no cell table " + request.obsTable()
                        + "; it has " + tables);
            }
            return request.obsTable();
        }
        if (tables.size() != 1) {
            throw new HoxException("the atlas " + request.atlas() + " has several cell tables " + tables
                    + "; choose one with the option obsTable");
        }
        return tables.get(0);
    }

    private String datasetUid(AtlasWriter atlas) {
        String given = request.datasetUid();
        if (given == null) {
            return Uids.stable("hox.write", queryId);
        }
        if (!DATASET_UID.matcher(given).matches()) {
            throw new HoxException("option datasetUid is [" + given
                    + "]; a dataset uid has letters, digits, '_', '-' and '.', at most 200");
        }
        Pattern own = Pattern.compile(Pattern.quote(given) + "(" + AppendPlan.PART + "\\d+(-\\d+)?)?");
        for (DatasetRow row : atlas.datasets()) {
            if (own.matcher(row.datasetUid()).matches() && atlas.isComplete(row.datasetUid())) {
                throw new HoxException("the atlas " + request.atlas() + " has cells of dataset " + row.datasetUid()
                        + " already. Take it out with 'hox remove " + request.atlas() + " --dataset-uid "
                        + row.datasetUid() + "', or choose another datasetUid");
            }
        }
        return given;
    }
}
