/* What pages do beyond HTML and CSS. Without it, everything is still readable and every number links to its source. */
(function () {
  "use strict";

  /* A day in the words of the site, for lists made by other scripts; `words` is the dataset of a form. */
  window.citewire = {
    day: function (moment, words) {
      var parts = moment.slice(0, 10).split("-");
      return words.day.replace("#d", Number(parts[2])).replace("#y", parts[0])
        .replace("#m", words.monthNames.split(" ")[parts[1] - 1]).replace(/(\d\.?) (?=\p{L})/u, "$1\u00a0");
    },
    /* The node to put a text in: an isolated one if its direction may differ from the page's, as in the templates. */
    apart: function (element, text) {
      if (document.dir === "rtl" && /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(text)) return element;
      var own = document.createElement("bdi");
      element.append(own);
      return own;
    },
    /* A headline for them, with hyphenated words kept on one line as on the pages; `put` adds a piece of it. */
    headline: function (element, text, put) {
      var into = window.citewire.apart(element, text);
      text.split(/([\p{L}\p{N}]+(?:-[\p{L}\p{N}][\p{L}\p{N}.]*)+)/u).forEach(function (piece, number) {
        var whole = number % 2 && piece.length <= 20 ? document.createElement("span") : null;
        if (whole) {
          whole.className = "name-whole";
          into.append(whole);
        }
        put(whole || into, piece);
      });
    }
  };

  /* Light or dark, as the reader chooses. */
  var root = document.documentElement;
  var button = document.querySelector(".theme-switch");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var dark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try {
        localStorage.setItem("citewire-theme", root.dataset.theme);
      } catch (error) {
        /* without storage it still switches */
      }
    });
  }

  /* On a phone the sections are a row that scrolls; scroll to the current one. */
  var here = document.querySelector(".sections [aria-current]");
  if (here) {
    var row = here.closest("ul");
    var middle = function (box) { return (box.left + box.right) / 2; };
    row.scrollLeft += middle(here.getBoundingClientRect()) - middle(row.getBoundingClientRect());
  }

  /* Search: the engine is only fetched once its box has focus. No single key leads there: whoever dictates to a browser
     would press it unawares (WCAG 2.1.4), and some browsers have a search of their own on it. */
  document.querySelectorAll("form[data-engine]").forEach(function (form) {
    form.addEventListener("focusin", function (event) {
      if (event.target.name !== "q") return;
      import(new URL(form.dataset.engine + "pagefind.js", location.href)).then(function (engine) {
        engine.options({ noWorker: true }).then(engine.init);
      }, function () { /* the page of results reports it */ });
    }, { once: true });
  });

  /* On a phone the filters of a search fold away behind a button, unless the address sets some. */
  var narrow = document.querySelector(".narrow");
  if (narrow) {
    var choices = document.querySelector(".choices");
    var unfold = function (isOpen) {
      choices.classList.toggle("open", isOpen);
      narrow.setAttribute("aria-expanded", isOpen);
    };
    narrow.addEventListener("click", function () { unfold(!choices.classList.contains("open")); });
    narrow.form.addEventListener("narrowed", function () { unfold(true); });
  }

  /* Buttons that copy an address, or else the text above them. That it was done is on the button, and said to readers
     who do not see it. */
  var said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  document.querySelectorAll("button.copy").forEach(function (copy) {
    if (!navigator.clipboard) return;
    document.getElementById("main").append(said);
    var label = copy.textContent;
    copy.hidden = false;
    copy.addEventListener("click", function () {
      var text = copy.dataset.copy || copy.parentElement.previousElementSibling.textContent;
      navigator.clipboard.writeText(text).then(function () {
        copy.textContent = said.textContent = copy.dataset.done;
        setTimeout(function () {
          copy.textContent = label;
          said.textContent = "";
        }, 2000);
      });
    });
  });

  /* The sharing dialog of the reader's device. */
  document.querySelectorAll("button.share").forEach(function (share) {
    if (!navigator.share) return;
    share.hidden = false;
    share.addEventListener("click", function () {
      navigator.share({ title: share.dataset.title, url: share.dataset.url }).catch(function () {
        /* closed without sharing */
      });
    });
  });

  /* The link back to the stories, with the reader's filters. */
  var back = document.querySelector(".to-river a");
  try {
    var filtered = back && sessionStorage.getItem("citewire-river");
    if (filtered) {
      back.search = filtered;
      back.textContent = back.dataset.filtered;
    }
  } catch (error) {
    /* without storage it links to all of them */
  }

  /* The card of a citation: its entry in the list of sources, shown beside the number. Mouse: on hover; keyboard: on
     focus; touch: the first tap opens it, a second one goes to the list. Escape closes it. A glossary term has such a
     card too, with its meaning. Tab skips the links of a card, since a text has hundreds of them; arrow down enters it,
     and there Tab moves from link to link. */
  var card = document.createElement("div");
  if (!document.querySelector(".cite, .term") || !card.showPopover) return;
  card.id = "cite-card";
  card.className = "cite-card";
  card.setAttribute("popover", "manual");
  var shown = null;
  var timer = 0;
  var pointer = "";
  var returning = false;

  function entryOf(cite) {
    var target = document.getElementById(cite.hash.slice(1));
    return target && target.closest("li");
  }

  var keys = document.querySelector(".sources[data-keys]");

  /* Make the links of the card reachable by Tab, or not. */
  function reach(isIn) {
    card.querySelectorAll("a").forEach(function (link) { link.tabIndex = isIn ? 0 : -1; });
  }

  var FIGURE = /[$€£¥]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*)(?:\s?(?:%|per ?cent\b|Prozent\b))?/g;

  /* A figure as it is compared; empty for what may be a day or a year: such numbers stand in many words. */
  function known(figure) {
    var kept = figure.replace(/\s?(?:per ?cent|Prozent)$/, "%").replace(/\s/g, "");
    return /^(?:[0-2]?\d|3[01]|(?:19|20)\d\d)$/.test(kept) ? "" : kept;
  }

  /* The figures of what a number stands for: the text between it and the number before, in its paragraph. */
  function figuresFor(cite) {
    var block = cite.closest("p, li, dd, td, th, blockquote, figure");
    if (!block) return [];
    var own = cite.closest(".cites") || cite;
    var text = document.createRange();
    text.setStart(block, 0);
    block.querySelectorAll(".cite").forEach(function (other) {
      var isBefore = other.compareDocumentPosition(own) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (isBefore && !own.contains(other)) text.setStartAfter(other);
    });
    text.setEndBefore(own);
    return (text.toString().match(FIGURE) || []).map(known).filter(Boolean);
  }

  /* Set the figures in bold that a passage has in common with the text; return whether there are some. */
  function point(passage, figures) {
    var words = passage.querySelector("a");
    var text = words.textContent;
    var at = 0;
    words.textContent = "";
    text.replace(FIGURE, function (figure, start) {
      if (figures.indexOf(known(figure)) < 0) return;
      var bold = document.createElement("b");
      bold.textContent = figure;
      words.append(text.slice(at, start), bold);
      at = start + figure.length;
    });
    words.append(text.slice(at));
    return at > 0;
  }

  function fill(entry, cite, byKeys) {
    card.textContent = "";
    if (entry.matches(".term")) {
      card.append(document.createElement("p"));
      card.firstChild.textContent = entry.dataset.meaning;
      return;
    }
    ["number", "source", "origin"].forEach(function (name) {
      card.append(entry.querySelector("." + name).cloneNode(true));
    });
    var figures = figuresFor(cite);
    var rest = [];
    entry.querySelectorAll("blockquote").forEach(function (passage) {
      var copy = passage.cloneNode(true);
      if (point(copy, figures)) card.append(copy);
      else rest.push(copy);
    });
    card.append.apply(card, rest); // what has the figure that the reader doubts comes first
    reach(false);
    if (!byKeys || !keys) return;
    var hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = keys.dataset.keys;
    if (keys.dataset.lent) hint.lang = keys.dataset.lent; // it is English for lack of other words
    card.append(hint);
  }

  function place(cite) {
    var at = cite.getBoundingClientRect();
    var width = Math.min(384, root.clientWidth - 16);
    card.style.width = width + "px";
    var left = Math.max(8, Math.min(at.left - 24, root.clientWidth - width - 8));
    var below = at.bottom + 6;
    var fits = below + card.offsetHeight < root.clientHeight || at.top < card.offsetHeight + 12;
    card.style.left = left + scrollX + "px";
    card.style.top = (fits ? below : at.top - card.offsetHeight - 6) + scrollY + "px";
  }

  /* `isChosen`: the reader tapped it or went to it, and did not only pass by with the mouse. */
  function show(cite, isChosen, byKeys) {
    clearTimeout(timer);
    var entry = cite.matches(".term") ? cite : entryOf(cite);
    if (shown === cite || !entry) return;
    hide();
    fill(entry, cite, byKeys);
    cite.after(card);
    card.showPopover();
    place(cite);
    if (isChosen) card.scrollIntoView({ block: "nearest" }); // on a low screen there may be room neither above nor below
    cite.setAttribute("aria-describedby", card.id);
    shown = cite;
  }

  function hide() {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    card.hidePopover();
    card.remove();
  }

  function later(action, delay) {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  }

  function citeOf(event) {
    return event.target instanceof Element ? event.target.closest(".cite, .term") : null;
  }

  document.addEventListener("pointerover", function (event) {
    if (event.pointerType !== "mouse") return;
    var cite = citeOf(event);
    if (cite) later(function () { show(cite); }, shown ? 60 : 160);
    else if (card.contains(event.target)) clearTimeout(timer);
    else if (shown && !shown.matches(":focus-visible") && !card.contains(document.activeElement)) later(hide, 280);
  });
  document.addEventListener("focusin", function (event) {
    var cite = citeOf(event);
    reach(card.contains(event.target));
    if (cite && cite.matches(":focus-visible") && !returning) show(cite, true, true);
    else if (!cite && !card.contains(event.target)) hide();
  });
  document.addEventListener("pointerdown", function (event) { pointer = event.pointerType; });
  document.addEventListener("click", function (event) {
    var cite = citeOf(event);
    if (cite && pointer === "touch" && shown !== cite) {
      event.preventDefault();
      show(cite, true);
    } else if (!card.contains(event.target)) {
      hide();
    }
  });
  document.addEventListener("keydown", function (event) {
    var first = shown === event.target && card.querySelector("a");
    if (event.key !== "ArrowDown" || !first || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    first.focus();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !shown) return;
    var back = card.contains(document.activeElement) ? shown : null;
    hide();
    returning = true;
    if (back) back.focus();
    returning = false;
  });
})();
