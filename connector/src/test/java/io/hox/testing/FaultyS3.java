package io.hox.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bad way to the S3 server: requests take their time, some are answered with an error, some connections are cut. A
 * connection serves one request.
 */
public final class FaultyS3 implements AutoCloseable {
    /** What happens to a request instead of an answer. */
    public enum Fault {
        INTERNAL_ERROR("500 Internal Server Error", "InternalError"),
        SLOW_DOWN("503 Slow Down", "SlowDown"),
        /** The connection ends without a word. */
        RESET(null, null);

        private final String status;
        private final String code;

        Fault(String status, String code) {
            this.status = status;
            this.code = code;
        }
    }

    private static final int LARGEST_HEAD = 1 << 16;

    private final S3Server server;
    private final URI target;
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "faulty-s3");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;
    private volatile int every;
    private volatile Fault[] kinds = {};

    private FaultyS3(S3Server server) throws IOException {
        this.server = server;
        this.target = URI.create(server.endpoint());
        this.socket = new ServerSocket(0, 64, InetAddress.getByName("127.0.0.1"));
        threads.execute(this::accept);
    }

    public static FaultyS3 to(S3Server server) {
        try {
            return new FaultyS3(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each request waits this long before it is passed on. */
    public FaultyS3 delay(Duration time) {
        delay = time;
        return this;
    }

    /** Every n-th request fails, in these ways by turns; 0 for none. */
    public FaultyS3 failing(int n, Fault... ways) {
        kinds = ways;
        every = n;
        return this;
    }

    /** The settings that go this way. */
    public Map<String, String> options() {
        Map<String, String> options = new HashMap<>(server.options());
        options.put("fs.s3a.endpoint", "http://127.0.0.1:" + socket.getLocalPort());
        return options;
    }

    /** Requests so far, failed ones among them. */
    public long requests() {
        return requests.get();
    }

    /** Requests that were made to fail. */
    public long faults() {
        return faults.get();
    }

    /** The largest number of requests that were waiting at a time. */
    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException | RejectedExecutionException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            byte[] head = head(client.getInputStream());
            if (head.length == 0) {
                return;
            }
            long number = requests.incrementAndGet();
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                Thread.sleep(delay.toMillis());
            } finally {
                atOnce.decrementAndGet();
            }
            int n = every;
            if (n > 0 && number % n == 0) {
                long fault = faults.getAndIncrement();
                fail(client, head, kinds[(int) (fault % kinds.length)]);
            } else {
                pass(client, head);
            }
        } catch (IOException | RejectedExecutionException e) {
            // One side went away, or all of this, which is what this class is about.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void fail(Socket client, byte[] head, Fault fault) throws IOException {
        if (fault == Fault.RESET) {
            client.setSoLinger(true, 0);
            return;
        }
        String[] lines = text(head).split("\r\n");
        boolean waits = false;
        long length = 0;
        for (String line : lines) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            }
            waits |= lower.startsWith("expect:");
        }
        if (!waits) {
            client.getInputStream().skipNBytes(length);
        }
        String body = lines[0].startsWith("HEAD ")
                ? ""
                : "<?xml version=\"1.0\"?><Error><Code>" + fault.code
                        + "</Code><Message>made to fail</Message></Error>";
        String answer = "HTTP/1.1 " + fault.status + "\r\nContent-Type: application/xml\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body;
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    private void pass(Socket client, byte[] head) throws IOException, InterruptedException {
        try (Socket upstream = new Socket(target.getHost(), target.getPort())) {
            String once = text(head)
                    .replaceAll("(?i)\r\nConnection:[^\r]*", "")
                    .replaceFirst("\r\n", "\r\nConnection: close\r\n");
            upstream.getOutputStream().write(once.getBytes(StandardCharsets.ISO_8859_1));
            threads.execute(() -> {
                try {
                    copy(client.getInputStream(), upstream.getOutputStream());
                } catch (IOException e) {
                    // The answer was complete, and the client closed.
                    return;
                }
            });
            copy(upstream.getInputStream(), client.getOutputStream());
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            to.write(buffer, 0, n);
            to.flush();
        }
    }

    /** Up to the empty line; what follows stays in the stream. */
    private static byte[] head(InputStream in) throws IOException {
        byte[] head = new byte[LARGEST_HEAD];
        int n = 0;
        for (int b = in.read(); b >= 0 && n < head.length; b = in.read()) {
            head[n++] = (byte) b;
            if (n >= 4 && b == '\n' && head[n - 2] == '\r' && head[n - 3] == '\n') {
                return java.util.Arrays.copyOf(head, n);
            }
        }
        return new byte[0];
    }

    private static String text(byte[] head) {
        return new String(head, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
