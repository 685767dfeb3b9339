package dev.rivulet.redis;

import dev.rivulet.projects.Access;
import dev.rivulet.projects.Role;
import dev.rivulet.projects.StoredKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * What is stored of a key, in words: {@code 2 <project> <kind> <created> <board> <label>}. The kind
 * is the role, or {@code board} for a key of one board, which a version that does not know such
 * keys refuses rather than take it for a read key. Board and label are Base64url with a full stop
 * before, since they may be empty and hold spaces. Format 1 ended after the role.
 */
final class StoredKeyText {
  private static final String OF_ONE_BOARD = "board";
  private static final int WORDS = 6;

  private StoredKeyText() {}

  static String write(StoredKey key) {
    Access access = key.access();
    String board = access.board();
    return String.join(
        " ",
        "2",
        access.project(),
        board == null ? access.role().word() : OF_ONE_BOARD,
        Long.toString(key.createdAt()),
        encoded(board == null ? "" : board),
        encoded(key.label()));
  }

  static StoredKey read(String text) {
    String[] words = text.split(" ");
    if (words[0].equals("1") && words.length == 3) {
      return new StoredKey(new Access(words[1], role(words[2])), "", 0);
    }
    if (!words[0].equals("2") || words.length != WORDS) {
      throw new IllegalStateException(
          "a key is stored in format " + words[0] + ", this version reads 1 and 2");
    }
    Access access =
        words[2].equals(OF_ONE_BOARD)
            ? new Access(words[1], Role.READ, decoded(words[4]))
            : new Access(words[1], role(words[2]));
    return new StoredKey(access, decoded(words[5]), Long.parseLong(words[3]));
  }

  private static Role role(String word) {
    return Role.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static String encoded(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return "." + Base64.getUrlEncoder().withoutPadding().encodeToString(utf8);
  }

  private static String decoded(String word) {
    byte[] utf8 = Base64.getUrlDecoder().decode(word.substring(1));
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
