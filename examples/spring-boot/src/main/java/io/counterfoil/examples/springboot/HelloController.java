package io.counterfoil.examples.springboot;

import io.counterfoil.Verdict;
import io.counterfoil.servlet.BearerFilter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** A page that knows who asks. Where no filter has left a proof, Spring answers 400 and does not call it. */
@RestController
final class HelloController {

  @GetMapping("/api/hello")
  String hello(@RequestAttribute(BearerFilter.ACCEPTED) Verdict.Accepted accepted) {
    return "Hello " + accepted.token().name() + '\n';
  }
}
