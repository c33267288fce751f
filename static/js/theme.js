// Runs before the first paint: the page never flashes in the wrong theme.
// A choice made on this device holds until the one kept with the user changes.
(() => {
  const root = document.documentElement;
  const kept = root.dataset.theme || "";
  let chosen = null;
  try {
    if (localStorage.getItem("theme-kept") !== kept) {
      localStorage.setItem("theme-kept", kept);
      localStorage.removeItem("theme");
    }
    chosen = localStorage.getItem("theme");
  } catch {
    // Storage is off: the page follows the user's setting, else the device.
  }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    root.dataset.bsTheme = chosen || kept || (dark.matches ? "dark" : "light");
  };
  apply();
  dark.addEventListener("change", apply);
  root.classList.add("js");
  addEventListener("themechoice", (event) => {
    chosen = event.detail;
    apply();
  });
})();
