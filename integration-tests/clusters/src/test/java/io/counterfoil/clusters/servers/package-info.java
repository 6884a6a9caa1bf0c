/** The machines, networks and servers that the tests start. */
package io.counterfoil.clusters.servers;
