package dev.rivulet.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples do what they say. */
final class ExamplesIT {
  @TempDir private Path data;

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void firstNumbers_printsWhatItTracked() throws Exception {
    assertEquals(
        "3 signups in the last hour\n",
        printed(() -> FirstNumbers.main(new String[] {data.toString()})));
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void liveNumbers_endsWithTheWholeBreakdown() throws Exception {
    String printed = printed(() -> LiveNumbers.main(new String[] {data.toString()}));
    assertTrue(printed.endsWith("pro 2\nfree 1\n"), printed);
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void checkoutFunnel_tellsHowFarPeopleGetAndWhoComesBack() throws Exception {
    assertEquals(
        """
        view 10, median null s
        cart 8, median 30.0 s
        pay 4, median 60.0 s
        left before the cart: 2
        u1 did 4 things: {view=2, cart=1, pay=1}
        1 of 10 came back
        """,
        printed(() -> CheckoutFunnel.main(new String[] {data.toString()})));
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void timedHandler_countsEachResponse() throws Exception {
    assertEquals(
        "50.0 responses\np99 in milliseconds\n",
        printed(() -> TimedHandler.main(new String[] {data.toString()})));
  }

  private static String printed(Example example) throws Exception {
    PrintStream before = System.out;
    var printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      example.run();
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private interface Example {
    void run() throws Exception;
  }
}
