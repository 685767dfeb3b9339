package dev.rivulet.server.ingest;

/** Properties that an adapter adds to an event, unless the sender's own has the name. */
enum ReservedName {
  NAME("name"),
  CATEGORY("category"),
  CONTEXT("context"),
  INTEGRATIONS("integrations");

  private final String json;

  ReservedName(String json) {
    this.json = json;
  }

  /** The bit of a name, 0 for any other name. */
  static int bitOf(String name) {
    return switch (name) {
      case "name" -> NAME.bit();
      case "category" -> CATEGORY.bit();
      case "context" -> CONTEXT.bit();
      case "integrations" -> INTEGRATIONS.bit();
      default -> 0;
    };
  }

  int bit() {
    return 1 << ordinal();
  }

  String json() {
    return json;
  }
}
