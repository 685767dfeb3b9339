package dev.rivulet.server.cli.shop;

import dev.rivulet.definitions.Definitions;
import dev.rivulet.projects.Project;
import java.util.Map;

/** The funnels that a keeper of the shop would define first. */
public final class ShopFunnels {
  private static final String ROOM = "funnels";

  private static final Map<String, String> FUNNELS =
      Map.of(
          "Checkout",
          """
          {"steps":[{"event":"product_viewed"},{"event":"added_to_cart"},\
          {"event":"checkout_started"},{"event":"order_completed"}],"window":"1d"}""",
          "From search to order",
          """
          {"steps":[{"event":"search"},{"event":"product_viewed"},\
          {"event":"added_to_cart","optional":true},{"event":"order_completed"}],\
          "window":"7d"}""",
          "Large orders",
          """
          {"steps":[{"event":"product_viewed","where":{"price":{"gte":200}}},\
          {"event":"added_to_cart","where":{"price":{"gte":200}}},\
          {"event":"order_completed","where":{"total":{"gte":200}}}],"window":"7d"}""");

  private ShopFunnels() {}

  /** Defines those that are missing; what somebody changed or deleted since stays changed. */
  public static void define(Definitions definitions) {
    if (definitions.list(Project.DEFAULT, ROOM).isEmpty()) {
      FUNNELS.forEach((name, body) -> definitions.put(Project.DEFAULT, ROOM, name, body, null));
    }
  }
}
