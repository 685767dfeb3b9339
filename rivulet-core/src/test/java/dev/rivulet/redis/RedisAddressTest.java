package dev.rivulet.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
  @Test
  void parse_everyKind_hasItsParts() {
    var one = RedisAddress.parse(" redis://ann:s%2Fec+ret@db.example:7000/3 ");
    assertEquals(
        new RedisAddress.Standalone(
            new HostPort("db.example", 7000),
            new RedisAddress.Credentials("ann", "s/ec+ret"),
            3,
            false),
        one);
    var tls = assertInstanceOf(RedisAddress.Standalone.class, RedisAddress.parse("rediss://db"));
    assertTrue(tls.tls());
    assertEquals(new HostPort("db", 6379), tls.node());
    assertEquals(
        new RedisAddress.Cluster(
            List.of(new HostPort("a", 1), new HostPort("::1", 2)),
            new RedisAddress.Credentials(null, "p@ss/word"),
            false),
        RedisAddress.parse("redis-cluster://:p@ss/word@a:1, [::1]:2"));
    assertEquals(
        new RedisAddress.Sentinel(
            List.of(new HostPort("a", 26379), new HostPort("b", 5)), "main", null),
        RedisAddress.parse("redis-sentinel://a,b:5/main"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://ann:hidden@db:7000/3",
        "rediss://:hidden@db",
        "redis-cluster://:hidden@a:1,b:2",
        "rediss-cluster://:hidden@a:1,b:2",
        "redis-sentinel://ann:hidden@a:1,b:2/main"
      })
  void toString_withPassword_hidesIt(String text) {
    var address = RedisAddress.parse(text);
    assertFalse(address.toString().contains("hidden"), address.toString());
    assertTrue(address.toString().contains(":***@"), address.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          localhost:6379                | no scheme
          http://localhost              | Scheme "http" is not one of
          redis://                      | host is empty
          redis://a:0                   | Port 0
          redis://a:70000               | Port 70000
          redis://a:b                   | "a:b" is not a host and port
          redis://[::1]x                | is not a host and port
          redis://a/first               | "first" after the slash
          redis://a/-1                  | Database -1
          redis://a:1,b:2               | Several hosts
          redis://hidden@a              | has no colon
          redis://:hidden%zz@a          | two hex digits
          redis-cluster://a:1/2         | only database 0
          redis-cluster://a:1,          | host is empty
          redis-sentinel://a:1          | name is missing
          redis://:hidden@a:b           | "a:b" is not a host and port
          """)
  void parse_wrong_namesTheValueAndWhatIsRight(String text, String reason) {
    var e = assertThrows(IllegalArgumentException.class, () -> RedisAddress.parse(text));
    var message = String.valueOf(e.getMessage());
    assertTrue(message.contains(reason), message);
    assertTrue(message.contains(text.substring(text.indexOf('@') + 1)), message);
    assertFalse(message.contains("hidden"), message);
  }

  @Test
  void slotOf_isThatOfAWholeKey() {
    assertEquals(12739, RedisNodes.slotOf("123456789"));
    assertThrows(IllegalArgumentException.class, () -> RedisNodes.slotOf(""));
    assertThrows(IllegalArgumentException.class, () -> RedisNodes.slotOf("a}b"));
  }
}
