package io.counterfoil.benchmarks.peers;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request of Jakarta REST that has a field, and whatever context of security a filter gives it; used again and again. */
final class DropwizardRequest implements ContainerRequestContext {
  private final MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
  private @Nullable SecurityContext security;

  DropwizardRequest again(String field) {
    headers.putSingle("Authorization", field);
    security = null;
    return this;
  }

  boolean isLetIn() {
    return security != null;
  }

  @Override
  public MultivaluedMap<String, String> getHeaders() {
    return headers;
  }

  @Override
  public @Nullable SecurityContext getSecurityContext() {
    return security;
  }

  @Override
  public void setSecurityContext(SecurityContext context) {
    security = context;
  }

  private static UnsupportedOperationException unasked() {
    return new UnsupportedOperationException("no filter for tokens asks for this");
  }

  @Override
  public Object getProperty(String name) {
    throw unasked();
  }

  @Override
  public Collection<String> getPropertyNames() {
    throw unasked();
  }

  @Override
  public void setProperty(String name, Object value) {
    throw unasked();
  }

  @Override
  public void removeProperty(String name) {
    throw unasked();
  }

  @Override
  public UriInfo getUriInfo() {
    throw unasked();
  }

  @Override
  public void setRequestUri(URI uri) {
    throw unasked();
  }

  @Override
  public void setRequestUri(URI base, URI uri) {
    throw unasked();
  }

  @Override
  public jakarta.ws.rs.core.Request getRequest() {
    throw unasked();
  }

  @Override
  public String getMethod() {
    throw unasked();
  }

  @Override
  public void setMethod(String method) {
    throw unasked();
  }

  @Override
  public String getHeaderString(String name) {
    throw unasked();
  }

  @Override
  public Date getDate() {
    throw unasked();
  }

  @Override
  public Locale getLanguage() {
    throw unasked();
  }

  @Override
  public int getLength() {
    throw unasked();
  }

  @Override
  public MediaType getMediaType() {
    throw unasked();
  }

  @Override
  public List<MediaType> getAcceptableMediaTypes() {
    throw unasked();
  }

  @Override
  public List<Locale> getAcceptableLanguages() {
    throw unasked();
  }

  @Override
  public Map<String, Cookie> getCookies() {
    throw unasked();
  }

  @Override
  public boolean hasEntity() {
    throw unasked();
  }

  @Override
  public InputStream getEntityStream() {
    throw unasked();
  }

  @Override
  public void setEntityStream(InputStream input) {
    throw unasked();
  }

  @Override
  public void abortWith(Response response) {
    throw unasked();
  }
}
