package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.rivulet.admission.Refusal;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Offset;
import dev.rivulet.event.EntryId;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisUpkeepIT {
  private Throwaway server;
  private RedisNodes nodes;

  @BeforeEach
  void connect() {
    server = Throwaway.start();
    nodes = RedisNodes.connect(server.address());
  }

  @AfterEach
  void close() {
    nodes.close();
    server.close();
  }

  @Test
  void trimOldest_fullStore_makesRoom() {
    for (int entry = 1; entry <= 10; entry++) {
      nodes.ask(0, bytes("XADD"), Keys.log(0), bytes(entry + "-0"), bytes("b"), bytes("x"));
    }
    Offset folded = new Offset(new EntryId(8, 0), 8, 0, 0, Map.of(), 0);
    nodes.ask(0, bytes("SET"), Keys.offset(0), bytes(folded.encode()));
    nodes.ask(0, bytes("CONFIG"), bytes("SET"), bytes("maxmemory"), bytes("100"));
    assertEquals(5, RedisStores.logStorage(nodes).trimOldest(0, 0.5));
    assertEquals(5L, nodes.ask(0, bytes("XLEN"), Keys.log(0)));
  }

  @Test
  void endOfFill_removesEarlierGenerationsOnly() {
    var fills = RedisStores.fills(nodes);
    assertEquals(3, fills.begin(0, "counts", 3));
    byte[][] all = {room("counts", 1), room("counts", 2), room("counts", 3), room("countsby", 1)};
    for (byte[] key : all) {
      nodes.ask(0, bytes("SET"), key, bytes("1"));
    }
    fills.end(0, "counts", 3);
    assertEquals(Map.of(), fills.pending(0));
    assertNull(nodes.ask(0, bytes("GET"), all[0]));
    assertNull(nodes.ask(0, bytes("GET"), all[1]));
    assertNotNull(nodes.ask(0, bytes("GET"), all[2]));
    assertNotNull(nodes.ask(0, bytes("GET"), all[3]));
  }

  @Test
  void refusals_whileTheStoreIsFull_areCountedLater() {
    try (var refusals = RedisStores.refusals(nodes, InstantSource.system())) {
      nodes.ask(0, bytes("CONFIG"), bytes("SET"), bytes("maxmemory"), bytes("100"));
      refusals.add("p", Refusal.INVALID_TIME, "late", 3);
      assertEquals(Map.of(), refusals.totals("p"));
      nodes.ask(0, bytes("CONFIG"), bytes("SET"), bytes("maxmemory"), bytes("0"));
      assertEquals(Map.of(Refusal.INVALID_TIME.word(), 3L), refusals.totals("p"));
    }
  }

  private static byte[] room(String view, int generation) {
    return Keys.scope(0, view, generation, project -> ZoneOffset.UTC).key("p", "x");
  }
}
