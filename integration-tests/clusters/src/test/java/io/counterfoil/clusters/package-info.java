/** Tests on clusters of databases that run on this machine. */
package io.counterfoil.clusters;
