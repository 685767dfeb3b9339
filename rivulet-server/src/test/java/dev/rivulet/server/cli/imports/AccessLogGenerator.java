package dev.rivulet.server.cli.imports;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Combined access logs as a busy site writes them, the same for the same seed: few paths get most
 * requests, some clients are robots, some ask for what is not there, some quote what they send, and
 * about one line in two hundred is broken in one of the ways that logs break.
 */
final class AccessLogGenerator {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.ofHours(1));
  private static final List<String> AGENTS =
      List.of(
          "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0 Safari/537.36",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
          "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0",
          "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
          "curl/8.5.0",
          "My \\\"quoted\\\" agent \\\\ 1.0",
          "-");
  private static final List<String> REFERRERS =
      List.of(
          "-",
          "-",
          "https://www.google.com/",
          "https://example.org/a?b=c",
          "https://m\u00fcnchen.example/");
  private static final List<String> BROKEN =
      List.of(
          "",
          "-",
          "garbage without any structure",
          "203.0.113.9 - - [not a time] \"GET / HTTP/1.1\" 200 12 \"-\" \"-\"",
          "203.0.113.9 - - [31/Feb/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 12 \"-\" \"-\"",
          "203.0.113.9 - - [10/Feb/2026:10:00:00 +0000] \"\\x16\\x03\\x01\\x02\" 400 157 \"-\" \"-\"",
          "203.0.113.9 - - [10/Feb/2026:10:00:00 +0000] \"-\" 408 0 \"-\" \"-\"",
          "203.0.113.9 - - [10/Feb/2026:10:00:00 +0000] \"GET /cut");

  private final SplittableRandom random;
  private long second = Instant.parse("2026-02-10T00:00:00Z").getEpochSecond();

  AccessLogGenerator(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** So many lines, each with its line break. */
  byte[] lines(int count) {
    var log = new StringBuilder(count * 220);
    for (var i = 0; i < count; i++) {
      log.append(random.nextInt(200) == 0 ? pick(BROKEN) : line()).append('\n');
    }
    return log.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String line() {
    if (random.nextInt(30) == 0) {
      second += random.nextInt(3);
    }
    var status = random.nextInt(20) == 0 ? 404 : random.nextInt(15) == 0 ? 304 : 200;
    var bytes = status == 304 ? "-" : Integer.toString(random.nextInt(200_000));
    return "%s - %s [%s] \"%s %s HTTP/1.1\" %d %s \"%s\" \"%s\""
        .formatted(
            client(),
            random.nextInt(40) == 0 ? "jo smith" : "-",
            TIME.format(Instant.ofEpochSecond(second)),
            random.nextInt(12) == 0 ? "POST" : "GET",
            target(),
            status,
            bytes,
            pick(REFERRERS),
            pick(AGENTS));
  }

  private String client() {
    var rank = zipf(20_000);
    return rank % 9 == 0
        ? "2001:db8::" + Integer.toHexString(rank)
        : "198.%d.%d.%d".formatted(18 + rank % 2, rank / 250 % 250, rank % 250);
  }

  private String target() {
    var path = "/section-%d/article-%d".formatted(zipf(12), zipf(3_000));
    return switch (random.nextInt(10)) {
      case 0 -> path + "?utm_source=mail&page=" + random.nextInt(9);
      case 1 -> path + "/caf%C3%A9%20au%20lait";
      case 2 -> "/?";
      default -> path;
    };
  }

  /** A rank from 0; rank k about as often as 1 / (k + 1). */
  private int zipf(int count) {
    return (int) Math.min(count - 1, Math.exp(random.nextDouble() * Math.log(count + 1.0)) - 1);
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
