package io.hox.udfs;

import java.io.Serializable;
import org.apache.spark.sql.connector.catalog.functions.AggregateFunction;

/**
 * An aggregate over arrays of numbers which reads them where they lie, says how large its states are, and has a compact
 * form for them.
 */
interface NumberAggregate<S extends Serializable, R> extends AggregateFunction<S, R> {

    /** Ranges of the right kinds for {@link #update(Serializable, NumberRange[])}, one for each argument. */
    NumberRange[] ranges();

    /** Adds a row none of whose arguments is null or has null elements, without keeping what it is given. */
    S update(S state, NumberRange[] arguments);

    /** The heap that a state takes, in bytes. */
    long bytes(S state);

    /** For the way between tasks. */
    byte[] toBytes(S state);

    /** The state of which {@link #toBytes} made the bytes. */
    S fromBytes(byte[] bytes);
}
