package io.counterfoil.clusters.checker;

/** A row that a call showed. */
record Reading(Call call, Row row) {}
