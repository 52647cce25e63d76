package io.hox.spark.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;

/**
 * A planned write. Cells that were read from groups with different features or layers become different datasets: so that
 * each task makes few of them, its rows are sorted by the group that they were read from.
 *
 * @param request what the user asked for
 * @param plan what the tasks get
 * @param features the features of each field, which the driver registers
 * @param datasetColumns values of the user's columns of the dataset table
 */
record AppendWrite(
        AppendRequest request, AppendPlan plan, List<FieldFeatures> features, Map<String, Object> datasetColumns)
        implements RequiresDistributionAndOrdering {

    @Override
    public String description() {
        return "hox: append cells to " + plan.obsTable().table() + " of " + request.atlas();
    }

    @Override
    public Distribution requiredDistribution() {
        return Distributions.unspecified();
    }

    @Override
    public SortOrder[] requiredOrdering() {
        List<SortOrder> order = new ArrayList<>();
        for (FieldInput field : plan.fields()) {
            boolean mixed = field.measured().sets() > 1 || field.hasOptionalLayers();
            if (field.group() >= 0 && mixed) {
                String column = quoted(field.name()) + "." + quoted(FieldInput.GROUP);
                order.add(Expressions.sort(Expressions.column(column), SortDirection.ASCENDING));
            }
        }
        return order.toArray(SortOrder[]::new);
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    @Override
    public BatchWrite toBatch() {
        return new AppendBatch(this);
    }
}
