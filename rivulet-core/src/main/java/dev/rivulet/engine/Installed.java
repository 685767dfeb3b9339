package dev.rivulet.engine;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.view.Command;
import dev.rivulet.view.Definition;

/**
 * One revision of a definition as one partition has it, kept in the hash {@link Keys#defined}.
 *
 * @param room the view that keeps it up to date
 * @param version of that view's state
 * @param completeFrom see {@link dev.rivulet.definitions.Revision}; of this partition
 */
public record Installed(
    String room, int version, Definition definition, Stage stage, long completeFrom) {
  private static final byte FORMAT = 1;

  /** How far it is. Stored by ordinal. */
  public enum Stage {
    /** It is being filled; the {@link FillBook} tells how far. */
    FILLING,
    /** The partition's worker folds it. */
    LIVE,
    /** A worker could not fold it any more: its state has fallen behind. */
    STALE
  }

  /** The field it is stored under: names the revision, not the stage. No spaces. */
  public String id() {
    return id(room, version, definition.project(), definition.revision());
  }

  /** {@link #id} of a revision. */
  public static String id(String room, int version, String project, int revision) {
    return room + "/" + version + ":" + Keys.escape(project) + ":" + revision;
  }

  byte[] field() {
    return Command.bytes(id());
  }

  /** Whether both are the same revision, down to the body. */
  boolean sameAs(Installed other) {
    return room.equals(other.room)
        && version == other.version
        && definition.equals(other.definition);
  }

  Installed at(Stage next, long complete) {
    return new Installed(room, version, definition, next, complete);
  }

  byte[] encode() {
    var out = new ByteWriter(64 + definition.body().length());
    out.oneByte(FORMAT);
    out.oneByte(stage.ordinal());
    out.zigzag(completeFrom);
    out.text(room);
    out.varint(version);
    out.text(definition.project());
    out.text(definition.name());
    out.varint(definition.revision());
    out.text(definition.body());
    return out.toBytes();
  }

  /**
   * @throws IllegalStateException when it is of another format
   */
  public static Installed decode(byte[] stored) {
    if (stored[0] != FORMAT) {
      throw new IllegalStateException(
          "definitions of a partition are stored in format "
              + stored[0]
              + ", this version reads "
              + FORMAT);
    }
    var in = new ByteReader(stored, 1);
    Stage stage = Stage.values()[in.oneByte()];
    long completeFrom = in.zigzag();
    String room = in.text();
    int version = in.varint();
    var definition = new Definition(in.text(), in.text(), in.varint(), in.text());
    return new Installed(room, version, definition, stage, completeFrom);
  }
}
