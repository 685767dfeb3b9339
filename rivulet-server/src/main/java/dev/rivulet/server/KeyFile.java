package dev.rivulet.server;

import dev.rivulet.projects.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/**
 * The file in the data directory that keeps the keys made at the first start, for the command line
 * on the same machine; only its owner may read it. Only the keys' hashes are in the store.
 */
final class KeyFile {
  static final String NAME = "keys";

  private final Path file;

  KeyFile(Path data) {
    this.file = data.resolve(NAME);
  }

  Path path() {
    return file;
  }

  Map<Role, String> read() {
    var keys = new EnumMap<Role, String>(Role.class);
    if (!Files.exists(file)) {
      return keys;
    }
    var kept = new Properties();
    try (var in = Files.newInputStream(file)) {
      kept.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the key file " + file + " cannot be read", e);
    }
    for (Role role : Role.values()) {
      String key = kept.getProperty(role.word());
      if (key != null) {
        keys.put(role, key);
      }
    }
    return keys;
  }

  /** Adds {@code keys} to what is in the file; it is complete or as before at every moment. */
  void add(Map<Role, String> keys) {
    Map<Role, String> all = read();
    all.putAll(keys);
    var text = new StringBuilder("# Keys of the default project. Keep this file to yourself.\n");
    all.forEach((role, key) -> text.append(role.word()).append('=').append(key).append('\n'));
    try {
      Path fresh = file.resolveSibling(NAME + ".new");
      Files.deleteIfExists(fresh);
      if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
        Files.createFile(
            fresh,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the key file " + file + " cannot be written", e);
    }
  }
}
