package io.hox.testing;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What is logged at level WARN and above while it is open. */
public final class Logs implements AutoCloseable {
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final LoggerConfig root = context.getConfiguration().getRootLogger();
    private final Level before = root.getLevel();
    private final Collector collector = new Collector();

    private Logs() {
        collector.start();
        root.addAppender(collector, Level.WARN, null);
        root.setLevel(Level.WARN);
        context.updateLoggers();
    }

    public static Logs capture() {
        return new Logs();
    }

    /** Messages with the text of their exceptions. */
    public String text() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        root.removeAppender(collector.getName());
        root.setLevel(before);
        context.updateLoggers();
        collector.stop();
    }

    private final class Collector extends AbstractAppender {
        Collector() {
            super("hox-test-logs", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getMessage().getFormattedMessage() + " " + event.getThrown());
        }
    }
}
