package dev.rivulet.server.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rivulet doctor}: is everything as it should be, and what does this Redis key mean. */
@Command(
    name = "doctor",
    description = {
      "Checks Java, the data directory, the server, the key, the clocks, Redis and the folding, and"
          + " says what to do about what is wrong.",
      "",
      "With a KEY, explains that Redis key instead."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  rivulet doctor",
      "  rivulet doctor 'rv:{2}:counts:default:signup:2026-11-22'",
      "",
      "Exit status: 0 when nothing is wrong, 1 otherwise."
    })
final class Doctor implements Callable<Integer> {
  @Parameters(paramLabel = "KEY", arity = "0..1", description = "A Redis key to explain.")
  private @Nullable String key;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var terminal = Terminal.of(RivuletCommand.of(spec));
    if (key != null) {
      KeyExplanation.of(key).forEach(terminal::print);
      return 0;
    }
    var environment = Environment.of(System.getenv());
    var findings =
        new Examination(environment, new ApiClient(environment), InstantSource.system()).run();
    findings.forEach(finding -> terminal.print(finding.text(terminal)));
    return findings.stream().allMatch(Finding::isGood) ? 0 : RivuletCommand.FAILED;
  }
}
