package io.counterfoil.examples.springboot;

import io.counterfoil.Verdict;
import io.counterfoil.servlet.BearerFilter;
import java.util.concurrent.Callable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.ResponseBody;

/** What else an application may do, found by Spring because it lies in the package of the example. */
@Controller
class Pages {
  static final String SECRET = "what nobody outside should read";

  @GetMapping("/api/later")
  @ResponseBody
  Callable<String> later(@RequestAttribute(BearerFilter.ACCEPTED) Verdict.Accepted accepted) {
    return () -> "Later " + accepted.token().name();
  }

  @GetMapping("/api/failing")
  @ResponseBody
  String failing() {
    throw new IllegalStateException(SECRET);
  }

  @GetMapping("/open")
  String open() {
    return "forward:/api/hello";
  }
}
