package dev.rivulet.server.cli.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LineReaderTest {
  private record Line(long number, String text, long digest, boolean cut) {}

  @Test
  void fill_anyLineEnds_givesTheLines() {
    var lines = read("one\r\ntwo\n\nfour", false);
    assertEquals(List.of("one", "two", "", "four"), lines.stream().map(Line::text).toList());
    assertEquals(List.of(1L, 2L, 3L, 4L), lines.stream().map(Line::number).toList());
  }

  @Test
  void fill_nothing_givesNoLines() {
    assertEquals(List.of(), read("", false));
  }

  @Test
  void fill_anySplitOfReads_givesTheSameLinesAndDigests() {
    var content = new AccessLogGenerator(7).lines(6_000);
    var whole = read(new ByteArrayInputStream(content), false);
    var seed = System.nanoTime();
    var random = new Random(seed);
    var trickle =
        new ByteArrayInputStream(content) {
          @Override
          public synchronized int read(byte[] target, int from, int length) {
            return super.read(target, from, Math.min(length, 1 + random.nextInt(5_000)));
          }
        };
    assertEquals(whole, read(trickle, false), "seed " + seed);
    assertEquals(6_000, whole.size());
  }

  @Test
  void fill_grownFile_keepsTheDigestsOfItsBeginning() {
    var before = read("a\nb\nb\n", false);
    var after = read("a\nb\nb\nc\n", false);
    assertEquals(before, after.subList(0, 3));
    assertNotEquals(before.get(1).digest(), before.get(2).digest(), "equal lines, two places");
  }

  @Test
  void fill_changedBeginning_changesEveryDigestAfterIt() {
    var one = read("a\nb\nc\n", false);
    var other = read("A\nb\nc\n", false);
    for (var i = 0; i < 3; i++) {
      assertNotEquals(one.get(i).digest(), other.get(i).digest());
    }
  }

  @Test
  void fill_hugeLines_areCutAndTheNextOnesUnharmed() {
    for (var size :
        new int[] {32 * 1024, 32 * 1024 + 1, 100_000, 1_048_575, 1_048_576, 3_000_000}) {
      var lines = read("x".repeat(size) + "\nnext\n" + "y".repeat(size), false);
      assertEquals(3, lines.size(), "size " + size);
      assertEquals(size > LineBlock.MAX_LINE_BYTES, lines.get(0).cut(), "size " + size);
      assertEquals("next", lines.get(1).text());
      assertEquals(LineBlock.MAX_LINE_BYTES, lines.get(2).text().length());
    }
  }

  @Test
  void fill_manyEmptyLines_countsThemAll() {
    assertEquals(300_000, read("\n".repeat(300_000), false).size());
  }

  @Test
  void fill_quotedBreaks_stayInTheirRecord() {
    var records = read("a,\"b\nc\"\nd,\"e\"\"\n\"\nf,g", true);
    assertEquals(
        List.of("a,\"b\nc\"", "d,\"e\"\"\n\"", "f,g"), records.stream().map(Line::text).toList());
    assertEquals(List.of(1L, 3L, 5L), records.stream().map(Line::number).toList());
  }

  @Test
  void fill_strayQuote_doesNotSwallowTheFile() {
    var records = read("a,\"b\n" + "c,d\n".repeat(50_000), true);
    assertTrue(records.get(0).cut());
    assertTrue(records.size() > 40_000, "records " + records.size());
  }

  private static List<Line> read(String content, boolean quotedBreaks) {
    return read(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), quotedBreaks);
  }

  private static List<Line> read(InputStream content, boolean quotedBreaks) {
    var lines = new ArrayList<Line>();
    for (var block : Parsed.blocks(content, quotedBreaks)) {
      for (var i = 0; i < block.count; i++) {
        var length = block.ends[i] - block.starts[i];
        var text = new String(block.bytes, block.starts[i], length, StandardCharsets.UTF_8);
        lines.add(new Line(block.numbers[i], text, block.digests[i], block.cut[i]));
      }
    }
    return lines;
  }
}
