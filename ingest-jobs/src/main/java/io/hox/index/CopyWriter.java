package io.hox.index;

import io.hox.job.TaskCount;
import io.hox.job.TaskRunner;
import io.hox.job.TaskTotals;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.util.CollectionAccumulator;
import scala.Tuple2;
import scala.math.Ordering$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The Spark job that writes all shards of a wave: sorted runs of cells, a shuffle, and one task a shard or for several. */
final class CopyWriter {
    private CopyWriter() {}

    /** @param failures told of groups whose cells can't be read; others come with the result */
    static List<BlockWriter.Written> write(
            JavaSparkContext context,
            Broadcast<Wave> wave,
            Broadcast<WaveLayout> layout,
            CollectionAccumulator<GroupFailure> failures,
            TaskTotals.Sums sums) {
        List<Integer> numbers =
                IntStream.range(0, wave.value().tasks().size()).boxed().toList();
        JavaRDD<Tuple2<Long, byte[]>> runs = context.parallelize(numbers, numbers.size())
                .flatMap(task -> runs(wave.value(), layout.value(), task, failures, sums));
        ClassTag<Long> key = ClassTag$.MODULE$.apply(Long.class);
        ClassTag<byte[]> value = ClassTag$.MODULE$.apply(byte[].class);
        RDD<Tuple2<Long, byte[]>> shuffled = new ShuffledRDD<Long, byte[], byte[]>(
                        runs.rdd(), layout.value().partitioner(), key, value, value)
                .setKeyOrdering(Ordering$.MODULE$.comparatorToOrdering(Comparator.<Long>naturalOrder()))
                .setSerializer(serializer(context));
        return JavaRDD.fromRDD(shuffled, ClassTag$.MODULE$.apply(Tuple2.class))
                .mapPartitions(sorted -> List.of(write(wave.value(), layout.value(), sorted, sums))
                        .iterator())
                .collect();
    }

    /** Java's would keep the last hundred runs of every task in memory. */
    private static Serializer serializer(JavaSparkContext context) {
        // A copy of the settings: what the application wants of its own objects is of no matter here.
        SparkConf own = context.getConf()
                .set("spark.kryoserializer.buffer.max", "1g")
                .set("spark.kryo.registrationRequired", "false");
        return new KryoSerializer(own);
    }

    private static Iterator<Tuple2<Long, byte[]>> runs(
            Wave wave,
            WaveLayout layout,
            int task,
            CollectionAccumulator<GroupFailure> failures,
            TaskTotals.Sums sums) {
        TaskCount progress = sums.begin();
        RunIterator runs = new RunIterator(wave, layout, task, progress, failures::add);
        TaskContext.get().addTaskCompletionListener(context -> {
            runs.close();
            if (!context.isFailed()) {
                sums.add(progress, true);
            }
            sums.end(progress);
        });
        return runs;
    }

    private static BlockWriter.Written write(
            Wave wave, WaveLayout layout, Iterator<Tuple2<Long, byte[]>> sorted, TaskTotals.Sums sums) {
        TaskCount progress = sums.begin();
        try {
            BlockWriter.Written written = new BlockWriter(wave, layout, progress).write(sorted);
            sums.add(progress, true);
            return written;
        } catch (OutOfMemoryError e) {
            throw TaskRunner.outOfMemory(e);
        } finally {
            sums.end(progress);
        }
    }
}
