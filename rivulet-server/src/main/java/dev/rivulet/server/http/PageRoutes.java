package dev.rivulet.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages and the libraries they use, from the jars. Files are kept, compressed, once they were
 * asked for; when the classes run from a directory, pages are read each time, so that an edit shows
 * on reload.
 */
final class PageRoutes {
  /** The addresses of pages: each is the one document, which reads its own address. */
  static final List<String> PAGES =
      List.of(
          "/",
          "/boards",
          "/boards/{name}",
          "/events",
          "/funnels",
          "/funnels/{name}",
          "/metrics/explore",
          "/metrics/explore/{name}",
          "/people",
          "/people/{id}",
          "/performance",
          "/retention",
          "/status");

  private static final String UI = "dev/rivulet/server/ui/";
  private static final String VENDOR = "META-INF/resources/";
  private static final String OPENAPI = "dev/rivulet/server/openapi.json";
  private static final String INDEX = UI + "index.html";
  private static final String IMMUTABLE = "public, max-age=31536000, immutable";
  private static final String REVALIDATE = "no-cache";

  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9_@-][A-Za-z0-9_.@-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*\\.[a-z0-9]+");
  private static final Pattern INLINE =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private final Map<String, StaticFile> kept = new ConcurrentHashMap<>();

  void register(Routes routes) {
    for (String page : PAGES) {
      routes.get(page, Door.OPEN, exchange -> serve(exchange, INDEX, REVALIDATE));
    }
    routes
        .get("/ui/{file*}", Door.OPEN, exchange -> file(exchange, UI, REVALIDATE))
        .get("/vendor/{file*}", Door.OPEN, exchange -> file(exchange, VENDOR, IMMUTABLE))
        .get("/openapi.json", Door.OPEN, exchange -> serve(exchange, OPENAPI, REVALIDATE));
  }

  private void file(Exchange exchange, String root, String caching) {
    String name = exchange.variable(0);
    boolean library = name.startsWith("_static/") || name.startsWith("webjars/");
    if (!NAME.matcher(name).matches() || (root.equals(VENDOR) && !library)) {
      throw missing(exchange);
    }
    serve(exchange, root + name, caching);
  }

  private void serve(Exchange exchange, String resource, String caching) {
    StaticFile file = kept.get(resource);
    if (file != null) {
      send(exchange, file, resource, caching);
      return;
    }
    exchange.compute(
        () -> {
          StaticFile loaded = load(resource);
          if (loaded == null) {
            throw missing(exchange);
          }
          return loaded;
        },
        loaded -> send(exchange, loaded, resource, caching));
  }

  private static Problem missing(Exchange exchange) {
    return Problem.notFound("there is no file at " + exchange.request().path());
  }

  private @Nullable StaticFile load(String resource) {
    URL url = PageRoutes.class.getClassLoader().getResource(resource);
    if (url == null) {
      return null;
    }
    try (InputStream in = url.openStream()) {
      var file = StaticFile.of(resource, in.readAllBytes());
      if (url.getProtocol().equals("jar")) {
        kept.put(resource, file); // bounded by what the jars hold
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(Exchange exchange, StaticFile file, String resource, String caching) {
    HttpServerResponse response = exchange.response();
    response.putHeader(HttpHeaderNames.ETAG, file.tag());
    response.putHeader(HttpHeaderNames.CACHE_CONTROL, caching);
    response.putHeader(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
    String known = exchange.header(HttpHeaderNames.IF_NONE_MATCH);
    if (known != null && (known.contains(file.tag()) || known.equals("*"))) {
      exchange.send(304, Buffer.buffer());
      return;
    }
    if (resource.equals(INDEX)) {
      protect(response, file);
    }
    byte[] zipped = exchange.acceptsGzip() ? file.zipped() : null;
    if (zipped != null) {
      response.putHeader(HttpHeaderNames.CONTENT_ENCODING, "gzip");
    }
    exchange.send(200, file.mediaType(), Buffer.buffer(zipped == null ? file.bytes() : zipped));
  }

  /** Nothing from elsewhere, nothing inline but the import map, in no frame. */
  private static void protect(HttpServerResponse response, StaticFile index) {
    var script = INLINE.matcher(new String(index.bytes(), StandardCharsets.UTF_8));
    String importMap =
        script.find()
            ? " " + StaticFile.scriptHash(script.group(1).getBytes(StandardCharsets.UTF_8))
            : "";
    response.putHeader(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'"
            + importMap
            + "; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    response.putHeader("Referrer-Policy", "no-referrer");
    response.putHeader("X-Frame-Options", "DENY");
    response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.putHeader(
        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  }
}
