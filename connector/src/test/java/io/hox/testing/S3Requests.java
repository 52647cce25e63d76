package io.hox.testing;

import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Notes which objects of a server are read, and loses answers on request. */
public final class S3Requests extends ForwardingBlobStore {
    private final ConcurrentLinkedQueue<String> keys = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> ranges = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lostAnswers = new AtomicInteger();
    private volatile String lostAnswersOf = "";

    S3Requests(BlobStore server) {
        super(server);
    }

    /** The keys of objects whose content or size was asked for, in the order of the requests. */
    public List<String> keys() {
        return List.copyOf(keys);
    }

    /** The ranges of objects whose content was asked for, as {@code key bytes=0-99}, in the order of the requests. */
    public List<String> ranges() {
        return List.copyOf(ranges);
    }

    public void clear() {
        keys.clear();
        ranges.clear();
    }

    /** Does the next writes of objects with this part in their key, and answers each time that it failed. */
    public void loseAnswers(String partOfKey, int writes) {
        lostAnswersOf = partOfKey;
        lostAnswers.set(writes);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        PutObjectResponse response = super.putBlob(request, content);
        if (request.key().contains(lostAnswersOf) && lostAnswers.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw S3Exceptions.fromStatusCode(500);
        }
        return response;
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        keys.add(request.key());
        ranges.add(request.key() + " " + request.range());
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
