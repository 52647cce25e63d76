/** What jobs have in common: units of work that run on executors, without SQL, and what they have done so far. */
package io.hox.job;
