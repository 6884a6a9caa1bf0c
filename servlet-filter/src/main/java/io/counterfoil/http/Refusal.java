package io.counterfoil.http;

/** Ends the handling of a request with an answer that refuses it. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ApiResponse answer;

  Refusal(ApiResponse answer) {
    super(
        "answered " + answer.status(),
        null,
        false,
        false); // no stack trace: clients cause these at will
    this.answer = answer;
  }

  /** Returns the refusal of a body; the message must not quote it. */
  static Refusal badRequest(String message) {
    return new Refusal(Answers.failure(400, message));
  }

  ApiResponse answer() {
    return answer;
  }
}
