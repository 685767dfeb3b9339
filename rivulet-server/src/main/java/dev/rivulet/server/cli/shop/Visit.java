package dev.rivulet.server.cli.shop;

import dev.rivulet.server.cli.shop.Catalogue.Page;
import dev.rivulet.server.cli.shop.Catalogue.Product;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One visit, from the first page to wherever the visitor gives up. The chances make a believable
 * funnel: of 100 visits about 60 see a product, 16 fill a cart, 8 begin to pay and 5 buy, fewer on
 * a phone. For one thread, used once.
 */
final class Visit {
  private static final double BOUNCES = 0.34;
  private static final int MOST_LOOKS = 7;

  private final List<ShopEvent> events = new ArrayList<>();
  private final Dice dice;
  private final String idPrefix;
  private final boolean again;
  private final String user;
  private final String country;
  private final String device;
  private final String name;
  private String referrer;
  private long atMillis;

  private Visit(long seed, long minute, int number, long startMillis) {
    this.dice = Dice.at(seed, minute, number);
    this.idPrefix = "shop-" + Long.toString(minute, 36) + "-" + Integer.toString(number, 36) + "-";
    var visitor = Visitor.of(seed, minute, number);
    this.again = visitor.comesAgain();
    this.user = visitor.id();
    this.country = visitor.country();
    this.name = visitor.name();
    this.device = dice.chance(0.8) ? visitor.device() : dice.pick(Catalogue.DEVICES);
    this.referrer = dice.pick(Catalogue.REFERRERS);
    this.atMillis = startMillis;
  }

  /**
   * The events of a visit in their order; none later than {@link Shop#LONGEST_VISIT} after the
   * first.
   */
  static List<ShopEvent> events(long seed, long minute, int number, long startMillis) {
    var visit = new Visit(seed, minute, number, startMillis);
    visit.walk();
    return visit.events;
  }

  private void walk() {
    page(dice.pick(Catalogue.LANDINGS));
    if (again && dice.chance(0.3)) {
      identify();
    }
    if (dice.chance(again ? BOUNCES / 2 : BOUNCES)) {
      return;
    }
    var cart = browse();
    if (!again && dice.chance(cart.isEmpty() ? 0.04 : 0.3)) {
      signUp();
    }
    if (!cart.isEmpty()) {
      checkOut(cart);
    }
  }

  private List<Product> browse() {
    var cart = new ArrayList<Product>();
    for (var looks = 0; looks < MOST_LOOKS && dice.chance(0.72); looks++) {
      var product = Catalogue.PRODUCTS.get(dice.rank(Catalogue.PRODUCTS.size()));
      if (dice.chance(0.22)) {
        var query = Catalogue.SEARCHES.get(dice.rank(Catalogue.SEARCHES.size()));
        add("search", Map.of("query", query, "results", dice.below(40)));
      } else {
        page(product.categoryPage());
      }
      page(product.page());
      add("product_viewed", of(product));
      if (dice.chance(device.equals("phone") ? 0.07 : 0.12)) {
        cart.add(product);
        add("added_to_cart", of(product));
      }
    }
    return cart;
  }

  private void signUp() {
    page(new Page("/account/new", "Your account"));
    add("signup", Map.of("plan", dice.chance(0.25) ? "club" : "free", "country", country));
    identify();
  }

  private void checkOut(List<Product> cart) {
    page(new Page("/cart", "Cart"));
    var total = 0;
    for (var product : cart) {
      total += product.price();
    }
    if (!dice.chance(0.55)) {
      return;
    }
    add("checkout_started", Map.of("total", total, "items", cart.size(), "device", device));
    if (!dice.chance(again ? 0.75 : 0.55)) {
      return;
    }
    var order = new LinkedHashMap<String, Object>();
    order.put("currency", Catalogue.CURRENCY);
    order.put("items", cart.size());
    order.put("country", country);
    order.put("device", device);
    if (dice.chance(0.28)) {
      order.put("coupon", Catalogue.COUPONS.get(dice.rank(Catalogue.COUPONS.size())));
      total = total * 9 / 10;
    }
    order.put("total", total);
    add("order_completed", order);
    page(new Page("/thanks", "Thank you"));
  }

  private void page(Page page) {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("path", page.path());
    properties.put("title", page.title());
    if (!referrer.isEmpty()) {
      properties.put("referrer", referrer);
      referrer = "";
    }
    properties.put("country", country);
    properties.put("device", device);
    add("page", properties);
  }

  private void identify() {
    var email = name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@mail.example";
    events.add(
        new ShopEvent(
            idPrefix + "i" + events.size(),
            ShopEvent.IDENTIFY,
            user,
            atMillis,
            Map.of("name", name, "email", email, "country", country)));
  }

  private void add(String event, Map<String, Object> properties) {
    events.add(
        new ShopEvent(
            idPrefix + Integer.toString(events.size(), 36), event, user, atMillis, properties));
    atMillis += 1_500 + Math.min(90_000, (long) dice.waiting(14_000));
  }

  private static Map<String, Object> of(Product product) {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("product", product.name());
    properties.put("category", product.category());
    properties.put("price", product.price());
    return properties;
  }
}
