package dev.rivulet.testkit.faults;

import dev.rivulet.view.View;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Registers views with {@link java.util.ServiceLoader} for as long as something is opened. */
final class OwnViews {
  private static final String SERVICE = "META-INF/services/" + View.class.getName();

  private OwnViews() {}

  /** Opens with {@code views} besides those that come with Rivulet. */
  static <T> T with(List<Class<? extends View>> views, Supplier<T> open) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      Path list = Files.createTempFile("views", ".txt");
      try {
        Files.writeString(
            list, views.stream().map(Class::getName).collect(Collectors.joining("\n")));
        thread.setContextClassLoader(new Registering(before, list.toUri().toURL()));
        return open.get();
      } finally {
        thread.setContextClassLoader(before);
        Files.delete(list);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot register the views", e);
    }
  }

  private static final class Registering extends ClassLoader {
    private final URL list;

    private Registering(ClassLoader parent, URL list) {
      super(parent);
      this.list = list;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals(SERVICE)
          ? Collections.enumeration(List.of(list))
          : super.getResources(name);
    }
  }
}
