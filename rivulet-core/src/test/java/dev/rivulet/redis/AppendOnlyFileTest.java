package dev.rivulet.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendOnlyFileTest {
  private static final String BEFORE = command("SELECT", "0") + command("SET", "k", "v\r\n*1");
  private static final String TRANSACTION =
      command("multi") + command("APPEND", "k", "x".repeat(100_000)) + command("EXEC");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeManifest() throws IOException {
    Path files = Files.createDirectories(folder.resolve("appendonlydir"));
    Files.writeString(
        files.resolve("appendonly.aof.manifest"),
        """
        file appendonly.aof.2.base.rdb seq 2 type b
        file appendonly.aof.4.incr.aof seq 4 type i
        file appendonly.aof.5.incr.aof seq 5 type i
        """);
    file = files.resolve("appendonly.aof.5.incr.aof");
  }

  @Test
  void mend_wholeFile_isLeft() throws IOException {
    assertMended(BEFORE + TRANSACTION + "#TS:1795398420\r\n" + BEFORE, 0);
  }

  @Test
  void mend_transactionCutAnywhere_isCutOffWhole() throws IOException {
    for (int left : new int[] {1, 14, 15, 40, 5_000, 70_000, TRANSACTION.length() - 1}) {
      assertMended(BEFORE + TRANSACTION + TRANSACTION.substring(0, left), left);
    }
  }

  @Test
  void mend_commandCutAnywhere_isCutOff() throws IOException {
    String last = command("SET", "key", "value");
    for (int left = 1; left < last.length(); left++) {
      assertMended(BEFORE + TRANSACTION + last.substring(0, left), left);
    }
  }

  @Test
  void mend_zerosAtTheEnd_areCutOff() throws IOException {
    assertMended(BEFORE + "\0".repeat(100_000), 100_000);
  }

  @Test
  void mend_whatIsNoCommand_isLeftForRedisToJudge() throws IOException {
    assertMended(BEFORE + "nonsense" + BEFORE, 0);
    assertMended(BEFORE + "*x\r\n", 0);
    assertMended(BEFORE + "\0\0x", 0);
  }

  @Test
  void mend_noFile_isNothingToDo() throws IOException {
    AppendOnlyFile.mend(folder);
    Files.delete(folder.resolve("appendonlydir/appendonly.aof.manifest"));
    AppendOnlyFile.mend(folder);
  }

  private void assertMended(String content, int cut) throws IOException {
    Files.write(file, bytes(content));
    AppendOnlyFile.mend(folder);
    byte[] wanted = Arrays.copyOf(bytes(content), content.length() - cut);
    assertEquals(wanted.length, Files.size(file));
    assertEquals(0, Arrays.compare(wanted, Files.readAllBytes(file)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String command(String... words) {
    var text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }
}
