package io.counterfoil.examples.springboot;

import io.counterfoil.Verdict;
import io.counterfoil.servlet.BearerFilter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** A page that knows who asks. Without a proof it cannot be called: Spring answers 400 where the filter is not mapped. */
@RestController
final class HelloController {

  @GetMapping("/api/hello")
  String hello(@RequestAttribute(BearerFilter.ACCEPTED) Verdict.Accepted accepted) {
    return "Hello " + accepted.token().name() + '\n';
  }
}
