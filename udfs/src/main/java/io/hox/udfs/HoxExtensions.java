package io.hox.udfs;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import scala.Tuple3;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** For {@code spark.sql.extensions}: every session has the {@link HoxFunctions}, also those of Spark Connect. */
public final class HoxExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        for (UnboundFunction function : HoxFunctions.all()) {
            extensions.injectFunction(new Tuple3<>(
                    new FunctionIdentifier(function.name()),
                    HoxFunctions.info(function),
                    HoxFunctions.builder(function)));
        }
        return BoxedUnit.UNIT;
    }
}
