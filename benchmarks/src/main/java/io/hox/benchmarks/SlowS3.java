package io.hox.benchmarks;

import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * An S3 server on 127.0.0.1 whose buckets are the directories below one, and that waits before each answer. Runs until it
 * is killed. Arguments: directory, port, milliseconds. Access key and secret key are {@code hox} and {@code benchmark}.
 */
public final class SlowS3 {
    private SlowS3() {}

    public static void main(String[] args) throws Exception {
        long millis = Long.parseLong(args[2]);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new Slow(args[0], millis))
                .endpoint(URI.create("http://127.0.0.1:" + args[1]))
                .awsAuthentication(AuthenticationType.AWS_V4, "hox", "benchmark")
                .ignoreUnknownHeaders(true)
                .build();
        proxy.start();
        System.out.println("serving " + args[0] + " on port " + proxy.getPort() + ", " + millis + " ms a request");
    }

    private static final class Slow extends ForwardingBlobStore {
        private final long millis;

        Slow(String root, long millis) {
            super(new FilesystemNio2BlobStore(root));
            this.millis = millis;
        }

        @Override
        public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
            pause();
            return super.getBlob(request);
        }

        @Override
        public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
            pause();
            return super.blobMetadata(request);
        }

        @Override
        public ListObjectsV2Response list(ListObjectsV2Request request) {
            pause();
            return super.list(request);
        }

        private void pause() {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
