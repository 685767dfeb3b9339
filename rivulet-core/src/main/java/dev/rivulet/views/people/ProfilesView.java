package dev.rivulet.views.people;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.Hashing;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Limits;
import dev.rivulet.view.Bytes;
import dev.rivulet.view.PersonSegments;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;

/**
 * What each person did: first and last seen, how often each action, where the newest {@value
 * Timeline#MOST} actions stand in the log; and who was seen last. All by the time at which things
 * happened, whatever the order of arrival.
 *
 * <p>Somebody of whom only traits are known was seen when they were told, and has no profile.
 *
 * <p>It is a view apart from {@link PeopleView} because it can be filled from the log, while traits
 * that the log no longer holds cannot: those stay where they are.
 *
 * <p>A person costs about 35 bytes and 3 for each name of an action, and 8 bytes for each of the
 * newest actions. Those are first kept with the profile; {@value #SETTLED} of them at a time are
 * merged into a field of their own, which is therefore rewritten only now and then.
 */
public final class ProfilesView implements View {
  static final String ROOM = "profiles";

  /** What the keys of profiles have after the project. */
  static final String PROFILES = "people";

  /** Actions that a profile gathers before they move to the timeline. */
  static final int SETTLED = 16;

  /** Names of a project that are told apart: what the partition tells apart, and the rest. */
  static final int MOST_NAMES = Limits.EVENT_NAMES + 1;

  static byte[] timelines(Scope scope, String project) {
    return scope.key(project, "timelines");
  }

  static byte[] names(Scope scope, String project) {
    return scope.key(project, "names");
  }

  static byte[] lastSeen(Scope scope, String project) {
    return scope.key(project, "seen");
  }

  /** The field of a person's timeline. */
  static byte[] timeline(String project, String user) {
    byte[] field = new byte[Long.BYTES];
    Bytes.putLong(field, 0, Hashing.hash(user, Hashing.seed(project)));
    return field;
  }

  @Override
  public String name() {
    return ROOM;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean folds(Kind kind) {
    return kind == Kind.EVENT || kind == Kind.TRAITS || kind == Kind.ERASURE;
  }

  @Override
  public State open(Scope scope) {
    return new ProfilesState(scope);
  }

  /** Profiles in segments. */
  static final class ProfileCodec implements PersonSegments.Codec<Profile> {
    @Override
    public Profile fresh() {
      return new Profile();
    }

    @Override
    public Profile decode(String project, ByteReader in) {
      return Profile.decode(in);
    }

    @Override
    public boolean encode(String project, Profile profile, ByteWriter out) {
      profile.encodeTo(out);
      return profile.total() > 0;
    }

    @Override
    public boolean encodeChanges(String project, Profile profile, ByteWriter out) {
      return profile.encodeAdded(out);
    }

    @Override
    public void apply(String project, Profile profile, ByteReader in) {
      profile.addAll(in);
    }
  }
}
