/** Checks recorded calls against what a token store promises, in the style of Jepsen. */
package io.counterfoil.clusters.checker;
