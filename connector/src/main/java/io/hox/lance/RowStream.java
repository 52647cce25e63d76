package io.hox.lance;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Hands batches of a caller, brought into a table's shape, to the native library. */
final class RowStream extends ArrowReader {
    private final Iterator<VectorSchemaRoot> source;
    private final RowShape shape;

    private RowStream(BufferAllocator allocator, RowShape shape, Iterator<VectorSchemaRoot> source) {
        super(allocator);
        this.shape = shape;
        this.source = source;
    }

    static RowStream empty(BufferAllocator allocator, RowShape shape) {
        return new RowStream(allocator, shape, Collections.emptyIterator());
    }

    /**
     * Brings batches into a shape and hands them to a call of the library that writes them.
     *
     * @param schema as {@link LanceTable#schema()} has it, or a part of that
     */
    static <T> T send(
            OpenTable table, Schema schema, Iterator<VectorSchemaRoot> source, Function<ArrowArrayStream, T> write) {
        BufferAllocator allocator = LanceRuntime.allocator();
        RowShape shape = new RowShape(allocator, table.uri(), schema, table.storageVersion());
        try (RowStream rows = new RowStream(allocator, shape, source);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, rows, stream);
            return write.apply(stream);
        } catch (RuntimeException e) {
            if (shape.failure() != null) {
                throw shape.failure();
            }
            throw table.errors(null).translate(e);
        }
    }

    @Override
    public boolean loadNextBatch() {
        if (!source.hasNext()) {
            return false;
        }
        shape.load(source.next());
        return true;
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() {
        return shape.root();
    }

    @Override
    public Map<Long, Dictionary> getDictionaryVectors() {
        return shape.dictionaries();
    }

    @Override
    public Dictionary lookup(long id) {
        return shape.dictionaries().get(id);
    }

    @Override
    public Set<Long> getDictionaryIds() {
        return shape.dictionaries().keySet();
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    public void close() {
        shape.close();
    }

    @Override
    protected void closeReadSource() {
        // The caller's batches stay the caller's.
    }

    @Override
    protected Schema readSchema() {
        return shape.root().getSchema();
    }
}
