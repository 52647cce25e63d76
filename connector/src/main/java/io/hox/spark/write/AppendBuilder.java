package io.hox.spark.write;

import io.hox.HoxException;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;

/** Makes the write of a DataFrame. It takes part in overwriting only to say why that is refused. */
public final class AppendBuilder implements WriteBuilder, SupportsTruncate {
    private final AppendRequest request;
    private final StructType schema;
    private final String queryId;

    /**
     * A builder for one DataFrame.
     *
     * @param schema its columns
     * @param queryId distinguishes the write from all others
     */
    public AppendBuilder(AppendRequest request, StructType schema, String queryId) {
        this.request = request;
        this.schema = schema;
        this.queryId = queryId;
    }

    @Override
    public WriteBuilder truncate() {
        throw new HoxException("hox does not overwrite the atlas " + request.atlas() + ", which may hold other datasets"
                + " and snapshots of them: write with mode(\"append\"), and take datasets out with 'hox remove'");
    }

    /** @throws HoxException when the columns do not fit the atlas; nothing has been written then */
    @Override
    public Write build() {
        return new AppendPlanner(request, schema, queryId).plan();
    }
}
