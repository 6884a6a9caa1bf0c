package io.counterfoil.springboot;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/**
 * The request cache of a chain with another login. It keeps requests with a bearer token out of the session, together with
 * their header.
 */
record NoBearerRequestCache(RequestCache browsers) implements RequestCache {

  @Override
  public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
    if (!BearerRequests.isBearer(request)) {
      browsers.saveRequest(request, response);
    }
  }

  @Override
  public @Nullable SavedRequest getRequest(
      HttpServletRequest request, HttpServletResponse response) {
    return BearerRequests.isBearer(request) ? null : browsers.getRequest(request, response);
  }

  @Override
  public @Nullable HttpServletRequest getMatchingRequest(
      HttpServletRequest request, HttpServletResponse response) {
    return BearerRequests.isBearer(request) ? null : browsers.getMatchingRequest(request, response);
  }

  @Override
  public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
    browsers.removeRequest(request, response);
  }
}
