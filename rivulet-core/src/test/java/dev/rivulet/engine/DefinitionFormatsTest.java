package dev.rivulet.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rivulet.engine.FillBook.Group;
import dev.rivulet.engine.Installed.Stage;
import dev.rivulet.event.EntryId;
import dev.rivulet.view.Definition;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is stored of definitions, and of each earlier format that must stay readable. */
class DefinitionFormatsTest {
  @Test
  void offset_ofTheFirstFormat_hasNoDefinitions() {
    Offset first = Offset.decode("1 1763800000000-3 12 2 1 counts/1=1 uniques/2=3");
    var expected =
        new Offset(
            new EntryId(1_763_800_000_000L, 3), 12, 2, 1, Map.of("counts/1", 1, "uniques/2", 3), 0);
    assertEquals(expected, first);
  }

  @Test
  void offset_roundTrips() {
    String stored = "2 1763800000000-3 12 2 1 7 counts/1=1";
    Offset offset = Offset.decode(stored);
    assertEquals(7, offset.definitions());
    assertEquals(stored, offset.encode());
    assertEquals(8, offset.withDefinitions(8).definitions());
    assertThrows(IllegalStateException.class, () -> Offset.decode("3 1-0 0 0 0 0"));
    assertThrows(IllegalStateException.class, () -> Offset.decode("2 1-0 0 0 0"));
  }

  @Test
  void installed_roundTrips() {
    var definition = new Definition("shop: {1}", "Größe", 300, "{\"a\":1}");
    var installed = new Installed("funnels", 2, definition, Stage.LIVE, 1_763_800_000_000L);
    String stored =
        "01018098e1aad5660766756e6e656c73020973686f703a207b317d074772c3b6c39f65ac02077b2261223a317d";
    assertEquals(stored, HexFormat.of().formatHex(installed.encode()));
    assertEquals(installed, Installed.decode(HexFormat.of().parseHex(stored)));
    assertEquals("funnels/2:shop%3a%20%7b1%7d:300", installed.id());
  }

  @Test
  void book_roundTrips() {
    String stored = "1\n0-0 0 0 a/1:p:1\n5-1 77 1763800000000 a/1:p:2 b/1:p:2";
    FillBook book = FillBook.decode(stored);
    assertEquals(stored, book.encode());
    assertEquals(FillBook.EMPTY, FillBook.decode("1"));
    assertEquals(EntryId.START, book.slowest());
    assertNull(FillBook.EMPTY.slowest());
    assertThrows(IllegalStateException.class, () -> FillBook.decode("2\n"));
  }

  @Test
  void book_groupsThatHaveReadTheSame_join() {
    var ahead = new Group(new EntryId(5, 0), 10, 7, new TreeSet<>(List.of("a")));
    var behind = new Group(new EntryId(4, 0), 9, 7, new TreeSet<>(List.of("b")));
    var caughtUp = new Group(new EntryId(5, 0), 10, 7, new TreeSet<>(List.of("b")));
    var missedOne = new Group(new EntryId(5, 0), 9, 7, new TreeSet<>(List.of("b")));
    FillBook both = new FillBook(List.of(ahead, behind));
    assertEquals(behind, both.hindmost());
    assertEquals(ahead.entry(), both.ahead(behind));
    assertNull(both.ahead(ahead));
    assertEquals(1, both.without(behind).with(caughtUp).groups().size());
    assertEquals(2, both.without(behind).with(missedOne).groups().size());
    assertEquals(List.of(behind), both.without(new TreeSet<>(List.of("a"))).groups());
  }
}
