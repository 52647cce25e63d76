package io.hox.spark;

import io.hox.HoxException;
import io.hox.spark.write.AppendBuilder;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** An atlas as the target of a write, at its latest state whether it has snapshots or not. */
final class AppendTable implements HoxTable, SupportsWrite {
    private final StructType schema;

    /** @param schema of the DataFrame that is written */
    AppendTable(StructType schema) {
        this.schema = schema;
    }

    @Override
    public String name() {
        return "hox";
    }

    @Override
    public StructType structType() {
        return schema;
    }

    /** Any schema, because what fits is decided with the atlas at hand; truncation, to say why it is refused. */
    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(
                TableCapability.BATCH_WRITE,
                TableCapability.BATCH_READ,
                TableCapability.TRUNCATE,
                TableCapability.ACCEPT_ANY_SCHEMA);
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
        return new AppendBuilder(WriteOptions.of(info.options()).request(), info.schema(), info.queryId());
    }

    /** Spark comes here with a schema that the user made up. */
    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        throw new HoxException(
                "a read of an atlas takes no schema, because the atlas has one: leave out .schema(...) and"
                        + " select columns instead");
    }
}
