package dev.rivulet.view;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One {@link Dictionary} a project. Used by one thread. */
public final class Dictionaries {
  private final Function<String, byte[]> key;
  private final int most;
  private final int mostHeld;
  private final Map<String, Dictionary> projects = new HashMap<>();

  /** Most people and events are of the same project as the one before. */
  private String lastProject = "";

  private @Nullable Dictionary last;

  /**
   * @param key the key of a project's dictionary
   * @param most texts of one project
   * @param mostHeld texts in memory, of all projects, before all are let go
   */
  public Dictionaries(Function<String, byte[]> key, int most, int mostHeld) {
    this.key = key;
    this.most = most;
    this.mostHeld = mostHeld;
  }

  /** Reads a project's dictionary unless memory holds it. */
  public void load(String project, Reads reads) {
    if (!projects.containsKey(project)) {
      var dictionary = new Dictionary(key.apply(project), most);
      projects.put(project, dictionary);
      dictionary.load(reads);
    }
  }

  /**
   * A project's dictionary.
   *
   * @throws IllegalStateException when it is not loaded
   */
  public Dictionary of(String project) {
    Dictionary dictionary = last;
    if (dictionary == null || !project.equals(lastProject)) {
      dictionary = projects.get(project);
      if (dictionary == null) {
        throw new IllegalStateException("the dictionary of project " + project + " is not loaded");
      }
      last = dictionary;
      lastProject = project;
    }
    return dictionary;
  }

  /** Hands over what was added. */
  public void write(Writes writes) {
    long held = 0;
    for (Dictionary dictionary : projects.values()) {
      dictionary.write(writes);
      held += dictionary.size();
    }
    if (held > mostHeld) {
      projects.clear();
      last = null;
    }
  }
}
