/* All that the pages do beyond HTML and CSS: remember whether the reader wants them light or dark. */
(function () {
  "use strict";
  var root = document.documentElement;
  var button = document.querySelector(".theme-switch");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", function () {
    var dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try {
      localStorage.setItem("citewire-theme", root.dataset.theme);
    } catch (error) {
      /* a browser that keeps nothing still switches */
    }
  });
})();
