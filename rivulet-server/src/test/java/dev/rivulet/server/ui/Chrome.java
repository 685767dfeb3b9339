package dev.rivulet.server.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium of its own profile, with eyes for shadow roots: selectors are searched in
 * every open one, and {@code "a >> b"} is b anywhere below a. Not thread-safe.
 */
final class Chrome implements AutoCloseable {
  /** Long, for a machine that does much else; a test that passes never waits so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int WIDTH = 1280;
  private static final int HEIGHT = 900;
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private static final String DEEP =
      """
      const under = (root, selector, found) => {
        found.push(...root.querySelectorAll(selector));
        for (const node of root.querySelectorAll("*")) if (node.shadowRoot) under(node.shadowRoot, selector, found);
        return found;
      };
      const all = (selectors) => selectors.split(" >> ").reduce((roots, selector) =>
        roots.flatMap((root) => [...under(root, selector, []),
          ...(root.shadowRoot ? under(root.shadowRoot, selector, []) : [])]), [document]);
      const text = (node) => node instanceof Text ? node.data
        : node instanceof HTMLStyleElement || node instanceof Comment ? ""
        : [...(node.shadowRoot ?? node).childNodes].map(text).join(" ");
      """;

  /** Brings an element into the middle of the screen, and calls back when it glides no more. */
  private static final String STILL =
      """
      const [held, done] = arguments;
      held.scrollIntoView({block: "center"});
      let before = null;
      const look = () => {
        const {x, y} = held.getBoundingClientRect();
        const now = `${x} ${y}`;
        if (now === before) return done();
        before = now;
        setTimeout(look, 60);
      };
      look();
      """;

  private final Path profile;
  private final ChromeDriver driver;

  Chrome() throws IOException {
    profile = Files.createTempDirectory("rivulet-chrome");
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    var options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=" + WIDTH + "," + HEIGHT,
        "--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", logs);
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(PATIENCE);
  }

  void open(String address) {
    driver.get(address);
  }

  void reload() {
    driver.navigate().refresh();
  }

  void back() {
    driver.navigate().back();
  }

  String address() {
    return Objects.requireNonNull(driver.getCurrentUrl());
  }

  void resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  @Nullable Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Runs a script whose last argument is the function to call with the result. */
  @Nullable Object await(String script, Object... arguments) {
    return driver.executeAsyncScript(script, arguments);
  }

  /** The text of the first element that matches, shadow roots included; null if there is none. */
  @Nullable String text(String selector) {
    var script = DEEP + "const hit = all(arguments[0])[0]; return hit ? text(hit).trim() : null;";
    return (String) run(script, selector);
  }

  /** The texts of all elements that match. */
  @SuppressWarnings("unchecked")
  List<String> texts(String selector) {
    var script = DEEP + "return all(arguments[0]).map((hit) => text(hit).trim());";
    return (List<String>) Objects.requireNonNull(run(script, selector));
  }

  /** The first element that matches, as soon as there is one. */
  WebElement element(String selector) {
    var script = DEEP + "return all(arguments[0])[0] ?? null;";
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    do {
      if (run(script, selector) instanceof WebElement found) return found;
      pause();
    } while (System.nanoTime() < deadline);
    return fail("no " + selector + " at " + address() + "; console: " + complaints());
  }

  /**
   * Clicks in the middle of the window, where no bar that stays at its edge is in the way; again
   * when the page drew the element anew or moved it before the pointer was there.
   */
  void click(String selector) {
    untilPossible(
        selector,
        element -> {
          run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element);
          element.click();
        });
  }

  /** Types into an emptied field. */
  void type(String selector, CharSequence... keys) {
    untilPossible(selector, WebElement::clear);
    untilPossible(selector, field -> field.sendKeys(keys));
  }

  /** A step that could not be taken was not taken in part, so it may be tried again. */
  private void untilPossible(String selector, Consumer<WebElement> step) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        step.accept(element(selector));
        return;
      } catch (StaleElementReferenceException | ElementNotInteractableException e) {
        if (System.nanoTime() > deadline) throw e;
        pause();
      }
    }
  }

  /** Opens a picker of the sentence, narrows it and takes the first option, once there is one. */
  void pick(String picker, String wanted) {
    var lower = wanted.toLowerCase(Locale.ROOT);
    click(picker + " >> .opener");
    type(picker + " >> [role=combobox]", wanted);
    until(
        picker + " >> .option[data-active]", text -> text.toLowerCase(Locale.ROOT).contains(lower));
    untilPossible(picker + " >> [role=combobox]", field -> field.sendKeys(Keys.ENTER));
  }

  /** Opens a picker without a search and takes the option of that name. */
  void choose(String picker, String option) {
    click(picker + " >> .opener");
    until(picker + " >> .options", text -> text.contains(option));
    var script =
        DEEP
            + """
            all(arguments[0] + ' >> .option')
              .find((hit) => text(hit.querySelector('.cut')).trim() === arguments[1]).click();""";
    run(script, picker, option);
  }

  /** Takes the middle of the element with the pointer and lets go of it so many pixels away. */
  void drag(String selector, int right, int down) {
    var held = element(selector);
    await(STILL, held);
    new Actions(driver)
        .clickAndHold(held)
        .moveByOffset(right / 2, down / 2)
        .moveByOffset(right - right / 2, down - down / 2)
        .release()
        .perform();
  }

  /** Sends keys to what has the focus. */
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Waits until one of the elements that match has the focus, shadow roots included. */
  void untilFocused(String selector) {
    var script =
        DEEP
            + """
            let held = document.activeElement;
            while (held?.shadowRoot?.activeElement) held = held.shadowRoot.activeElement;
            return all(arguments[0]).includes(held) ? "" : held?.outerHTML.slice(0, 200);""";
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    for (var held = run(script, selector); !"".equals(held); held = run(script, selector)) {
      if (System.nanoTime() > deadline) fail("not " + selector + " has the focus but " + held);
      pause();
    }
  }

  /** Waits until the text of the element is as wanted, and gives it. */
  String until(String selector, Predicate<String> wanted) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    String seen;
    do {
      seen = text(selector);
      if (seen != null && wanted.test(seen)) return seen;
      pause();
    } while (System.nanoTime() < deadline);
    return fail(selector + " shows " + seen + " at " + address() + "; console: " + complaints());
  }

  void untilGone(String selector) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (text(selector) != null) {
      if (System.nanoTime() > deadline) fail(selector + " is still there");
      pause();
    }
  }

  /** Errors of scripts and violations of the Content-Security-Policy since the last call. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  void assertNoComplaints() {
    assertEquals(List.of(), complaints());
  }

  /** Leaves the page, without its key, its size and its complaints. */
  void forget() {
    run("sessionStorage.clear(); localStorage.clear()");
    driver.get("about:blank");
    resize(WIDTH, HEIGHT);
    complaints();
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    driver.quit();
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (var files = Files.walk(profile)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList())
          Files.deleteIfExists(file);
        return;
      } catch (IOException | UncheckedIOException e) { // the last of its processes still writes
        if (System.nanoTime() > deadline) throw e;
        pause();
      }
    }
  }
}
