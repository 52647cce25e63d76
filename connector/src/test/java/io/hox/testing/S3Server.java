package io.hox.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * An S3 server on a free port of 127.0.0.1 that checks signatures. Buckets are directories and objects files, so that
 * tests see what is really there. One server serves all tests of a JVM; each test takes a bucket of its own.
 */
public final class S3Server {
    public static final String ACCESS_KEY = "hox-tests";
    public static final String SECRET_KEY = "plugh-secret-of-the-tests";

    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static S3Server running;

    private final Path root;
    private final S3Requests blobs;
    private final S3Proxy proxy;

    private S3Server(Path root) throws Exception {
        this.root = root;
        blobs = new S3Requests(new FilesystemNio2BlobStore(root.toString()));
        proxy = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .ignoreUnknownHeaders(true)
                .build();
        proxy.start();
    }

    /** The server of this JVM, started with the first call; its files go with the JVM. */
    public static synchronized S3Server running() {
        if (running == null) {
            try {
                Path root = Files.createTempDirectory("hox-s3-");
                running = new S3Server(root);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(root)));
            } catch (Exception e) {
                throw new IllegalStateException("the S3 server did not start", e);
            }
        }
        return running;
    }

    public String endpoint() {
        return "http://127.0.0.1:" + proxy.getPort();
    }

    /** The settings that open this server's buckets: Hadoop's, as users give them. */
    public Map<String, String> options() {
        return options(ACCESS_KEY, SECRET_KEY);
    }

    /** As {@link #options()} with other credentials. */
    public Map<String, String> options(String accessKey, String secretKey) {
        return Map.of(
                "fs.s3a.endpoint",
                endpoint(),
                "fs.s3a.path.style.access",
                "true",
                "fs.s3a.connection.ssl.enabled",
                "false",
                "fs.s3a.endpoint.region",
                "us-east-1",
                "fs.s3a.access.key",
                accessKey,
                "fs.s3a.secret.key",
                secretKey);
    }

    /** Makes a bucket that needs credentials. */
    public String bucket() {
        String name = "bucket-" + BUCKETS.incrementAndGet();
        blobs.createContainer(name);
        return name;
    }

    /** Makes a bucket that everybody may read. */
    public String publicBucket() {
        String name = bucket();
        blobs.setContainerAccess(name, BucketCannedACL.PUBLIC_READ);
        return name;
    }

    /** Where the objects of a bucket lie. */
    public Path directory(String bucket) {
        return root.resolve(bucket);
    }

    /** Puts a directory's files into a bucket, below a prefix. */
    public void upload(Path directory, String bucket, String prefix) throws IOException {
        boolean open = blobs.getContainerAccess(bucket) == BucketCannedACL.PUBLIC_READ;
        ObjectCannedACL access = open ? ObjectCannedACL.PUBLIC_READ : ObjectCannedACL.PRIVATE;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                PutObjectRequest request = PutObjectRequest.builder()
                        .bucket(bucket)
                        .key(prefix + "/" + directory.relativize(file))
                        .contentLength(Files.size(file))
                        .acl(access)
                        .build();
                try (InputStream content = Files.newInputStream(file)) {
                    blobs.putBlob(request, content);
                }
            }
        }
    }

    /** What was asked for, of which object, since the last {@link S3Requests#clear}. */
    public S3Requests requests() {
        return blobs;
    }

    /** Keys of uploads in parts that were neither completed nor aborted. */
    public List<String> pendingUploads(String bucket) {
        return blobs.listMultipartUploads(bucket).stream()
                .map(upload -> upload.key())
                .toList();
    }

    private static void delete(Path root) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.err.println("the files of the S3 server remain in " + root + ": " + e);
        }
    }
}
