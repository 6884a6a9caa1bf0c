package io.counterfoil.springboot;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the HTTP sessions that an application creates. */
final class SessionCount implements HttpSessionListener {
  final AtomicInteger created = new AtomicInteger();

  @Override
  public void sessionCreated(HttpSessionEvent event) {
    created.incrementAndGet();
  }
}
