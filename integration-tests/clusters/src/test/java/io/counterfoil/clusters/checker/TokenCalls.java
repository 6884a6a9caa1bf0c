package io.counterfoil.clusters.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The calls that concern one token, in the order of their begins. */
final class TokenCalls {
  private final Call creation;
  private final List<Call> calls = new ArrayList<>();
  private final List<Reading> readings = new ArrayList<>();
  private final List<Call> listsWithout = new ArrayList<>();

  /** Expects the call that created the token, or may have created it. */
  TokenCalls(Call creation) {
    this.creation = creation;
  }

  void add(Call call) {
    calls.add(call);
    call.result().rows().forEach(row -> readings.add(new Reading(call, row)));
  }

  void addList(Call list, Row row) {
    readings.add(new Reading(list, row));
  }

  void addListWithout(Call list) {
    listsWithout.add(list);
  }

  String label() {
    return creation.token();
  }

  Call creation() {
    return creation;
  }

  /** Returns the id; empty if the outcome of the creation is unknown. */
  OptionalLong id() {
    return creation.outcome().isDone()
        ? OptionalLong.of(creation.result().rows().get(0).id())
        : OptionalLong.empty();
  }

  /** Returns every row of the token that a call showed. */
  List<Reading> readings() {
    return readings;
  }

  /** Returns the changes of that kind that were made or may have been made. */
  List<Call> changes(Kind kind) {
    return calls.stream()
        .filter(call -> call.kind() == kind && call.mayHaveChanged())
        .toList();
  }

  /** Returns the creation and the rotations that were made or may have been made. */
  List<Call> plaintextWriters() {
    return Stream.concat(Stream.of(creation), changes(Kind.ROTATE).stream()).toList();
  }

  /** Returns the authentications with that outcome. */
  List<Call> verdicts(Outcome outcome) {
    return calls.stream()
        .filter(call -> call.kind() == Kind.AUTHENTICATE && call.outcome() == outcome)
        .toList();
  }

  /** Returns the rejections for that reason. */
  List<Call> rejections(String reason) {
    return verdicts(Outcome.REJECTED).stream()
        .filter(call -> call.result().detail().equals(reason))
        .toList();
  }

  /** Returns the authentications that found the token by the plaintext of that creation or rotation. */
  List<Call> matches(Call writer) {
    return Stream.concat(verdicts(Outcome.ACCEPTED).stream(), rejections("DISABLED").stream())
        .filter(call -> call.operation().plaintext().equals(writer.operation().plaintext()))
        .toList();
  }

  /** Returns the calls that took effect while the token existed. A deletion that was made is one of them. */
  List<Call> presences() {
    return Stream.of(
            calls.stream()
                .filter(call -> call.outcome().isDone() && !call.kind().isCreation()),
            readings.stream().map(Reading::call).filter(call -> call.kind() == Kind.LIST),
            verdicts(Outcome.ACCEPTED).stream(),
            rejections("DISABLED").stream())
        .flatMap(found -> found)
        .toList();
  }

  /** Returns the time at which the token had been created for certain; {@link Call#NEVER} if that is unknown. */
  long createdBy() {
    return Math.min(
        creation.effectEnd(), presences().stream().mapToLong(Call::end).min().orElse(Call.NEVER));
  }

  /** Returns the calls that took effect after the token had been created and when it did not exist. */
  List<Call> absences() {
    long createdBy = createdBy();
    return Stream.concat(
            calls.stream().filter(call -> call.outcome() == Outcome.NONE), listsWithout.stream())
        .filter(call -> createdBy < call.begin())
        .toList();
  }
}
