// Runs before the first paint, so that a chosen theme never flashes the other one.
(() => {
  try {
    const theme = localStorage.getItem("rivulet.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be refused (private windows): the system's theme holds.
  }
  // Paper is light, and what stands on canvases is painted anew for it.
  const { dataset } = document.documentElement;
  let onScreen = null;
  addEventListener("beforeprint", () => {
    onScreen ??= dataset.theme ?? "";
    dataset.theme = "light";
  });
  addEventListener("afterprint", () => {
    if (onScreen === "") delete dataset.theme;
    else dataset.theme = onScreen;
    onScreen = null;
  });
})();
