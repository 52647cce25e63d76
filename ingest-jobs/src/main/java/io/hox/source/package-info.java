/**
 * What a dataset can be made of: sources of any format as cells x features matrices with annotation tables. Formats live
 * in packages of their own and implement what is here.
 */
package io.hox.source;
