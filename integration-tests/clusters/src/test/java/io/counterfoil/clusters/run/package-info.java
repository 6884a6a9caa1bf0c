/** Runs applications on a cluster, breaks it, and records every call. */
package io.counterfoil.clusters.run;
