package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#disableOwnedBy}. */
abstract class DisableOwnedByContract extends MethodContract {
  DisableOwnedByContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void switches_the_tokens_of_one_owner_off_and_changes_nothing_else() {
    StoredToken one = put(Sample.full("one").owner("mine"));
    StoredToken other = put(Sample.full("other"));
    StoredToken two = put(Sample.full("two").owner("mine"));
    StoredToken nobodys = put(Sample.named("one"));
    store.disableOwnedBy("mine");
    assertHolds(one.switched(false), other, two.switched(false), nobodys);
  }

  @Test
  void returns_how_many_were_on() {
    put(Sample.named("on").owner("mine"));
    put(Sample.named("off").owner("mine").enabled(false));
    put(Sample.named("on"));
    assertThat(store.disableOwnedBy("nobody")).isZero();
    assertThat(store.disableOwnedBy("mine")).isEqualTo(1);
    assertThat(store.disableOwnedBy("mine")).isZero();
    assertThat(store.disableOwnedBy("")).isEqualTo(1);
  }

  @Test // F6
  void takes_no_owner_for_another_one_that_looks_like_it() {
    for (String owner : LookAlikes.TEXTS) {
      put(Sample.named("n").owner(owner));
    }
    for (String owner : LookAlikes.TEXTS) {
      assertThat(store.disableOwnedBy(owner)).as(owner).isEqualTo(1);
    }
  }
}
