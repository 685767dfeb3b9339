package dev.rivulet.server.cli.shop;

import dev.rivulet.server.cli.shop.Dice.Weighted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the shop sells and where its visitors are from. */
final class Catalogue {
  static final String CURRENCY = "EUR";

  static final List<Product> PRODUCTS =
      products(
          "Tents|Alpine 2|389|Ridge 3|529|Meadow 4|449|Solo Light|299",
          "Packs|Traverse 45|179|Daypack 18|79|Summit 30|129|Courier 25|99",
          "Sleeping bags|Down 800|349|Synthetic 500|159|Summer 200|89",
          "Boots|Granite GTX|219|Trail Low|139|Approach Mid|169",
          "Jackets|Storm Shell|279|Fleece Grid|89|Down Hoody|229|Wind Vest|69",
          "Cooking|Titan Stove|59|Pot Set 2|49|Coffee Press|34|Spork|9",
          "Lights|Headlamp 400|45|Lantern|39|Bike Light|29");

  static final List<Weighted<String>> COUNTRIES =
      List.of(
          new Weighted<>("DE", 30),
          new Weighted<>("US", 18),
          new Weighted<>("FR", 11),
          new Weighted<>("GB", 10),
          new Weighted<>("NL", 7),
          new Weighted<>("AT", 6),
          new Weighted<>("CH", 6),
          new Weighted<>("IT", 4),
          new Weighted<>("SE", 4),
          new Weighted<>("JP", 2),
          new Weighted<>("BR", 2));

  static final List<Weighted<String>> DEVICES =
      List.of(
          new Weighted<>("phone", 56), new Weighted<>("desktop", 38), new Weighted<>("tablet", 6));

  static final List<Weighted<String>> REFERRERS =
      List.of(
          new Weighted<>("", 34),
          new Weighted<>("https://www.google.com/", 36),
          new Weighted<>("https://www.instagram.com/", 9),
          new Weighted<>("https://news.ycombinator.com/", 4),
          new Weighted<>("https://www.bing.com/", 5),
          new Weighted<>("https://newsletter.example/", 8),
          new Weighted<>("https://hikers.example/", 4));

  static final List<Weighted<Page>> LANDINGS =
      List.of(
          new Weighted<>(new Page("/", "Fjell: gear for outside"), 46),
          new Weighted<>(new Page("/sale", "Sale"), 14),
          new Weighted<>(new Page("/new", "New arrivals"), 10),
          new Weighted<>(
              new Page("/stories/three-days-on-the-ridge", "Three days on the ridge"), 9),
          new Weighted<>(new Page("/stories/how-to-pack", "How to pack"), 7),
          new Weighted<>(new Page("/help/returns", "Returns"), 4),
          new Weighted<>(new Page("/stores", "Our stores"), 3));

  static final List<String> SEARCHES =
      List.of("tent", "boots", "rain jacket", "headlamp", "down", "stove", "backpack 40", "sale");

  static final List<String> COUPONS = List.of("AUTUMN10", "WELCOME", "NEWSLETTER5");

  private static final List<String> GIVEN_NAMES =
      List.of(
          "Ada", "Ben", "Carla", "Deniz", "Emil", "Fatima", "Greta", "Hugo", "Ines", "Jonas",
          "Kira", "Luca", "Mara", "Noah", "Olga", "Paul", "Rosa", "Sven", "Tara", "Yusuf");
  private static final List<String> FAMILY_NAMES =
      List.of(
          "Adler",
          "Brandt",
          "Conti",
          "Dubois",
          "Eriksson",
          "Fischer",
          "Garcia",
          "Hansen",
          "Ivanova",
          "Jansen",
          "Keller",
          "Lindqvist",
          "Moreau",
          "Novak",
          "Okafor",
          "Peters");

  private Catalogue() {}

  record Page(String path, String title) {}

  /** Price in whole units of {@link #CURRENCY}. */
  record Product(String name, String category, int price, Page page, Page categoryPage) {
    Product(String name, String category, int price) {
      this(
          name,
          category,
          price,
          new Page("/p/" + slug(name), name),
          new Page("/c/" + slug(category), category));
    }
  }

  static String name(Dice dice) {
    return GIVEN_NAMES.get(dice.below(GIVEN_NAMES.size()))
        + " "
        + FAMILY_NAMES.get(dice.below(FAMILY_NAMES.size()));
  }

  private static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static List<Product> products(String... shelves) {
    var products = new ArrayList<Product>();
    for (var shelf : shelves) {
      var parts = shelf.split("\\|", -1);
      for (var i = 1; i < parts.length; i += 2) {
        products.add(new Product(parts[i], parts[0], Integer.parseInt(parts[i + 1])));
      }
    }
    return List.copyOf(products);
  }
}
