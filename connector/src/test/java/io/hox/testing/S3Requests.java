package io.hox.testing;

import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Notes which objects of a server are read. */
public final class S3Requests extends ForwardingBlobStore {
    private final ConcurrentLinkedQueue<String> keys = new ConcurrentLinkedQueue<>();

    S3Requests(BlobStore server) {
        super(server);
    }

    /** The keys of objects whose content or size was asked for, in the order of the requests. */
    public List<String> keys() {
        return List.copyOf(keys);
    }

    public void clear() {
        keys.clear();
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        keys.add(request.key());
        return super.getBlob(request);
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        keys.add(request.key());
        try {
            return super.blobMetadata(request);
        } catch (RuntimeException e) {
            if (isBelowFile(e)) {
                throw S3Exceptions.noSuchKey(request.bucket(), request.key(), "no such key");
            }
            throw e;
        }
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        try {
            return super.list(request);
        } catch (RuntimeException e) {
            if (isBelowFile(e)) {
                return ListObjectsV2Response.builder()
                        .name(request.bucket())
                        .prefix(request.prefix())
                        .keyCount(0)
                        .isTruncated(false)
                        .build();
            }
            throw e;
        }
    }

    /** Below a file there can't be files; in S3 every key is possible, and these are absent. */
    private static boolean isBelowFile(RuntimeException e) {
        return e.getCause() instanceof FileSystemException;
    }
}
