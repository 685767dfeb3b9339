package dev.rivulet.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rivulet.projects.Access;
import dev.rivulet.projects.Role;
import dev.rivulet.projects.StoredKey;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class StoredKeyTextTest {
  @Test
  void formats_areReadForEver() {
    assertEquals(
        new StoredKey(new Access("shop", Role.WRITE), "", 0), StoredKeyText.read("1 shop write"));
    assertEquals(
        new StoredKey(new Access("shop", Role.ADMIN), "", 1_700),
        StoredKeyText.read("2 shop admin 1700 . ."));
    assertEquals(
        new StoredKey(new Access("shop", Role.READ, "größe, 1"), "For Bob", 1_700),
        StoredKeyText.read("2 shop board 1700 .Z3LDtsOfZSwgMQ .Rm9yIEJvYg"));
  }

  @Test
  void keyOfABoard_isNeverReadAsOneOfTheProject() {
    var key = new StoredKey(new Access("shop", Role.READ, " . - "), "a b", 1);
    assertEquals(key, StoredKeyText.read(StoredKeyText.write(key)));
    // What came before read the third word as a role.
    String third = StoredKeyText.write(key).split(" ")[2];
    assertThrows(
        IllegalArgumentException.class, () -> Role.valueOf(third.toUpperCase(Locale.ROOT)));
  }

  @Test
  void unknownFormat_isRefused() {
    for (String text : new String[] {"3 shop read 1 . .", "2 shop read", "1 shop read 5", ""}) {
      assertThrows(IllegalStateException.class, () -> StoredKeyText.read(text), text);
    }
  }
}
