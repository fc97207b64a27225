// Lays the problems of the content over the last sound page. Everything is set as text, nothing as HTML.
(function () {
  var box = document.createElement("section");
  box.setAttribute("aria-label", "Problems");
  box.tabIndex = 0; // so that keys can scroll it
  // Colours of the system, which follow the page into the dark.
  box.style.cssText =
    "position:fixed;inset:auto 0 0 0;max-height:50vh;overflow:auto;z-index:99;padding:1rem;overflow-wrap:anywhere;" +
    "background:Canvas;color:CanvasText;border-top:4px solid #c0392b;font:1rem/1.5 system-ui,sans-serif";
  function add(parent, name, text) {
    var made = parent.appendChild(document.createElement(name));
    made.textContent = text;
    return made;
  }
  var close = add(box, "button", "Hide");
  close.style.cssText = "float:right;font:inherit;min-height:2.75rem;padding:0 1rem";
  close.addEventListener("click", function () { box.remove(); });
  // Only how many there are is read out at once; the list can be gone through.
  var many = problems.length === 1 ? "a problem" : problems.length + " problems";
  add(box, "strong", "The content has " + many + ". You see the last sound page.").setAttribute("role", "alert");
  var list = add(box, "ol", "");
  problems.forEach(function (problem) {
    var item = add(list, "li", "");
    item.style.marginBottom = "0.5rem";
    add(item, "code", problem.place);
    add(item, "strong", problem.what).style.display = "block";
    if (problem.hint) add(item, "div", problem.hint);
  });
  document.body.appendChild(box);
})();
