package io.counterfoil.http;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies that a report is signed with a key that the host knows. The signature is ECDSA on P-256 with SHA-256, in
 * ASN.1, encoded as base64.
 */
final class GitHubSignatureVerifier {
  private static final String EXPECTED = "pem (expected: a public key on the curve P-256)";

  private static final Pattern NAME = Pattern.compile("[!-~]{1,128}+");

  /** Two integers with their ASN.1 headers, in base64. Each has at most 33 bytes, and rarely fewer than 28. */
  private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9+/]{80,98}+={0,2}+");

  private static final Pattern PEM = Pattern.compile(
      "\\s*+-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]{1,2000}+)-----END PUBLIC KEY-----\\s*+");

  private final Function<String, Optional<PublicKey>> keys;
  private final ReportBodies bodies;

  GitHubSignatureVerifier(Function<String, Optional<PublicKey>> keys, ReportBodies bodies) {
    this.keys = Objects.requireNonNull(keys, "keys");
    this.bodies = bodies;
  }

  /** Returns the body of a report with a valid signature. The body is read only if the request names a known key. */
  String verifiedBody(ApiRequest request) throws ApiException {
    Operations.requireMount(request.path());
    Operations.requirePost(request);
    RequestBody.requireJson(request);
    byte[] signature = signature(request);
    PublicKey key = keys.apply(header(request, "Github-Public-Key-Identifier", NAME))
        .orElseThrow(() -> new ApiException(Responses.INVALID_SIGNATURE));
    return bodies.read(request, body -> {
      if (!isSigned(body, key, signature)) {
        throw new ApiException(Responses.INVALID_SIGNATURE);
      }
      return RequestBody.text(body);
    });
  }

  private static String header(ApiRequest request, String name, Pattern syntax)
      throws ApiException {
    List<String> values = request.headers(name);
    if (values.size() != 1 || !syntax.matcher(values.get(0)).matches()) {
      throw new ApiException(Responses.INVALID_SIGNATURE);
    }
    return values.get(0);
  }

  private static byte[] signature(ApiRequest request) throws ApiException {
    try {
      return Base64.getDecoder().decode(header(request, "Github-Public-Key-Signature", SIGNATURE));
    } catch (IllegalArgumentException e) {
      throw new ApiException(Responses.INVALID_SIGNATURE);
    }
  }

  private static boolean isSigned(byte[] body, PublicKey key, byte[] signature) {
    try {
      Signature ecdsa = Signature.getInstance("SHA256withECDSA");
      ecdsa.initVerify(key);
      ecdsa.update(body);
      return ecdsa.verify(signature);
    } catch (SignatureException e) { // the signature is not valid ASN.1
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The host's key is not an ECDSA key", e);
    }
  }

  static PublicKey key(String pem) {
    Matcher parts = PEM.matcher(pem);
    if (parts.matches()) {
      try {
        byte[] encoded = Base64.getMimeDecoder().decode(parts.group(1));
        PublicKey key =
            KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
        if (key instanceof ECPublicKey ec && isP256(ec.getParams())) {
          return key;
        }
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw new IllegalArgumentException(EXPECTED, e);
      }
    }
    throw new IllegalArgumentException(EXPECTED);
  }

  private static boolean isP256(ECParameterSpec curve) throws GeneralSecurityException {
    AlgorithmParameters p256 = AlgorithmParameters.getInstance("EC");
    p256.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec expected = p256.getParameterSpec(ECParameterSpec.class);
    return curve.getCurve().equals(expected.getCurve())
        && curve.getOrder().equals(expected.getOrder());
  }
}
