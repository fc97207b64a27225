/* What a reader can do in an edition besides reading: tick off its actions, answer its quiz. */
(function () {
  "use strict";

  /* Completed action items, stored in this browser by the item's key. */
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
      /* without storage it can still be ticked */
    }
  });

  /* A question: choose, check, and read why. Without a script the answer is under "Show the answer". */
  document.querySelectorAll(".question").forEach(function (question) {
    var verdict = question.querySelector(".verdict");
    if (question.dataset.lent) verdict.lang = question.dataset.lent; // it is English for lack of other words
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
