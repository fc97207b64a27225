// Lays the problems of the content over the last sound page. Everything is set as text, nothing as HTML.
(function () {
  var box = document.createElement("section");
  box.setAttribute("role", "alert");
  box.style.cssText =
    "position:fixed;inset:auto 0 0 0;max-height:50vh;overflow:auto;z-index:99;padding:1rem;" +
    "background:#fff;color:#111;border-top:4px solid #c0392b;font:1rem/1.5 system-ui,sans-serif";
  function add(parent, name, text) {
    var made = parent.appendChild(document.createElement(name));
    made.textContent = text;
    return made;
  }
  var close = add(box, "button", "Hide");
  close.style.cssText = "float:right;font:inherit";
  close.addEventListener("click", function () { box.remove(); });
  add(box, "strong", "The content has problems. You see the last sound page.");
  var list = add(box, "ol", "");
  problems.forEach(function (problem) {
    var item = add(list, "li", "");
    add(item, "code", problem.place);
    add(item, "div", problem.what);
    if (problem.hint) add(item, "div", problem.hint);
  });
  document.body.appendChild(box);
})();
