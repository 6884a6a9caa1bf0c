package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Tests the contract: each broken store fails exactly the tests that cover its fault. */
class BrokenStoresTest {
  /**
   * The maximum number of runs of races and random sequences until one shows the fault. Most of them show it in the
   * first run.
   */
  private static final int ATTEMPTS = 50;

  static final String SEQUENCES = "any_sequence_of_operations_leaves_store_and_model_equal";
  static final String HISTORIES = "any_history_of_tokens_leaves_managers_and_model_equal";

  static Stream<Arguments> faults() {
    return Stream.of(RowFaults.all(), UpdateFaults.all(), QueryFaults.all()).flatMap(all -> all);
  }

  static Arguments fault(Class<? extends TokenStoreContract> contract, String... expected) {
    return arguments(contract, Set.of(expected));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_broken_store_fails_exactly_the_tests_that_cover_its_fault(
      Class<? extends TokenStoreContract> contract, Set<String> expected) {
    Set<String> failed = new TreeSet<>();
    Set<String> missing = new TreeSet<>(expected);
    for (int i = 0; i < ATTEMPTS && !missing.isEmpty(); i++) {
      failed.addAll(failed(contract, missing));
      missing.removeAll(failed);
    }
    assertThat(failed).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void a_correct_store_passes_them_all() {
    List<?> parts = faults().map(fault -> fault.get()[1]).toList();
    Set<String> all = new TreeSet<>();
    parts.forEach(part -> ((Set<?>) part).forEach(test -> all.add((String) test)));
    assertThat(failed(ModelStoreTest.class, all)).isEmpty();
    assertThat(failed(BrokenWatches.Correct.class, all)).isEmpty();
  }

  /** Runs these tests of a contract and returns those that failed. */
  private static Set<String> failed(
      Class<? extends TokenStoreContract> contract, Set<String> tests) {
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(contract))
        .filters(only(tests))
        .configurationParameter("jqwik.database", "")
        .configurationParameter("jqwik.shrinking.default", "OFF")
        .configurationParameter("jqwik.reporting.usejunitplatform", "true")
        .build();
    Set<String> failed = new TreeSet<>();
    LauncherFactory.create().execute(request, new TestExecutionListener() {
      @Override
      public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
          failed.add(testName(test.getSource()).orElseThrow());
        }
      }
    });
    return failed;
  }

  private static PostDiscoveryFilter only(Set<String> tests) {
    return (TestDescriptor test) -> FilterResult.includedIf(
        test.isContainer() || testName(test.getSource()).filter(tests::contains).isPresent());
  }

  private static Optional<String> testName(Optional<TestSource> source) {
    return source
        .filter(org.junit.platform.engine.support.descriptor.MethodSource.class::isInstance)
        .map(org.junit.platform.engine.support.descriptor.MethodSource.class::cast)
        .map(org.junit.platform.engine.support.descriptor.MethodSource::getMethodName);
  }
}
