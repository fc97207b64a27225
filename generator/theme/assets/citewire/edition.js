/* What a reader does in an edition beside reading: tick off its actions, answer its quiz. */
(function () {
  "use strict";

  /* Action items that are done: kept in this browser, by the item's own name. */
  document.querySelectorAll("input[data-action]").forEach(function (box) {
    var key = "citewire-done:" + box.dataset.action;
    box.hidden = false;
    try {
      box.checked = localStorage.getItem(key) === "1";
      box.addEventListener("change", function () {
        if (box.checked) localStorage.setItem(key, "1");
        else localStorage.removeItem(key);
      });
    } catch (error) {
      /* without a memory it is a box to tick all the same */
    }
  });

  /* A question: choose, check, and read why. Without a script the answer stands under "Show the answer". */
  document.querySelectorAll(".question").forEach(function (question) {
    var verdict = question.querySelector(".verdict");
    if (question.dataset.lent) verdict.lang = question.dataset.lent; // it speaks English for want of other words
    question.querySelector("button").hidden = false;
    question.addEventListener("submit", function (event) {
      event.preventDefault();
      var chosen = question.querySelector(":checked");
      question.querySelectorAll("label").forEach(function (label) {
        var answer = label.firstElementChild;
        label.classList.toggle("right", Boolean(chosen) && "right" in answer.dataset);
        label.classList.toggle("wrong", answer === chosen && !("right" in answer.dataset));
      });
      verdict.textContent = question.dataset[chosen ? ("right" in chosen.dataset ? "right" : "wrong") : "none"];
      if (chosen) question.querySelector("details").open = true;
    });
  });
})();
