/** What a user names as input: files, directories, patterns and manifests, turned into requests for datasets. */
package io.hox.inputs;
