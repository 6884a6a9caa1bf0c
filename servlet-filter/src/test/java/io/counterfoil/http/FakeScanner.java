package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Optional;

/** A secret scanner that signs its reports, like GitHub's. */
public final class FakeScanner {
  public static final String KEY_NAME = "90a421169f0a";

  private final KeyPair keys;

  public FakeScanner() {
    this("secp256r1");
  }

  FakeScanner(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the public key of that name, as a host that trusts this scanner would. */
  public Optional<PublicKey> find(String name) {
    return name.equals(KEY_NAME) ? Optional.of(keys.getPublic()) : Optional.empty();
  }

  String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(keys.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  public String signature(byte[] body) {
    try {
      Signature ecdsa = Signature.getInstance("SHA256withECDSA");
      ecdsa.initSign(keys.getPrivate());
      ecdsa.update(body);
      return Base64.getEncoder().encodeToString(ecdsa.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  FakeRequest report(String body) {
    return FakeRequest.post("", body)
        .field("Github-Public-Key-Identifier", KEY_NAME)
        .field("Github-Public-Key-Signature", signature(body.getBytes(UTF_8)));
  }

  /** Returns one element of a report in the format of GitHub. */
  public static String found(String plaintext) {
    return "{\"token\":\"" + plaintext + "\",\"type\":\"acme_token\",\"url\":\"https://example.com/"
        + "acme/app/blob/1/x\",\"source\":\"commit\"}";
  }
}
