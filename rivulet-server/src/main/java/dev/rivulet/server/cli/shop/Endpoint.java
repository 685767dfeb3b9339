package dev.rivulet.server.cli.shop;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the shop's servers take requests.
 *
 * @param route the template, never the path itself
 * @param medianMillis how long a request takes on a quiet day
 * @param spread standard deviation of the logarithm: 0.3 is steady, 0.8 has a long tail
 * @param success the status when all goes well
 */
record Endpoint(String method, String route, double medianMillis, double spread, int success) {
  static final Endpoint UNKNOWN = new Endpoint("GET", "/{unknown}", 3, 0.4, 404);
  static final Endpoint STOCK = new Endpoint("GET", "/api/stock/{product}", 11, 0.5, 200);
  static final Endpoint RECEIPT = new Endpoint("POST", "/jobs/receipt", 180, 0.45, 200);
  static final Endpoint WELCOME = new Endpoint("POST", "/jobs/welcome-mail", 150, 0.4, 200);
  static final Endpoint INDEX = new Endpoint("POST", "/jobs/search-index", 640, 0.25, 200);

  /** By the name of the event; `page` goes by its path. */
  private static final Map<String, Endpoint> OF_EVENTS =
      Map.of(
          "search", new Endpoint("GET", "/search", 72, 0.65, 200),
          "product_viewed", STOCK,
          "added_to_cart", new Endpoint("POST", "/api/cart", 34, 0.5, 201),
          "checkout_started", new Endpoint("POST", "/checkout", 410, 0.55, 200),
          "order_completed", new Endpoint("POST", "/api/orders", 620, 0.6, 201),
          "signup", new Endpoint("POST", "/account", 130, 0.4, 201));

  private static final Endpoint HOME = get("/", 24, 0.45);
  private static final Endpoint CATEGORY = get("/c/{category}", 46, 0.55);
  private static final Endpoint PRODUCT = get("/p/{product}", 31, 0.5);
  private static final Endpoint STORY = get("/stories/{story}", 19, 0.35);
  private static final Endpoint HELP = get("/help/{topic}", 15, 0.3);

  private static Endpoint get(String route, double medianMillis, double spread) {
    return new Endpoint("GET", route, medianMillis, spread, 200);
  }

  /** Which endpoint was asked when a visitor did this; null when none was. */
  static @Nullable Endpoint of(ShopEvent event) {
    return event.properties().get("path") instanceof String path
        ? ofPage(path)
        : OF_EVENTS.get(event.event());
  }

  private static Endpoint ofPage(String path) {
    if (path.equals("/")) {
      return HOME;
    }
    if (path.startsWith("/c/")) {
      return CATEGORY;
    }
    if (path.startsWith("/p/")) {
      return PRODUCT;
    }
    if (path.startsWith("/stories/")) {
      return STORY;
    }
    return path.startsWith("/help/") ? HELP : get(path, 27, 0.45);
  }
}
