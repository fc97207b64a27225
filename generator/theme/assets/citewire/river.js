/* The filters of the river. They are kept in the address, so that it can be shared and returned to. Months are fetched
   one by one, newest first, until the page is full or half a year has been searched: the archive is never loaded as a
   whole, unless a reader goes on and on. */
(function () {
  "use strict";
  var form = document.querySelector(".filters");
  if (!form || !window.fetch || !window.URLSearchParams) return;
  var list = document.querySelector(".stories");
  var nav = document.querySelector(".river .shelf-nav");
  var status = document.querySelector(".found");
  if (form.dataset.lent) status.lang = form.dataset.lent; // it is English for lack of other words
  var untouched = list.innerHTML;
  var months = form.dataset.months.split(" ");
  var sections = {};
  var loaded = {};
  var turn = 0;
  var PAGE = 30;
  var REACH = 6; /* months to search before asking the reader whether to go on */

  Array.prototype.forEach.call(form.elements.section.options, function (option) {
    sections[option.value] = option.textContent;
  });

  function month(name) {
    loaded[name] = loaded[name] || fetch(form.dataset.root + name + "/stories.json").then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).catch(function (error) {
      delete loaded[name]; /* retry the next time */
      throw error;
    });
    return loaded[name];
  }

  function asked() {
    var query = new URLSearchParams();
    Array.prototype.forEach.call(form.elements, function (field) {
      if (field.name && field.value.trim()) query.set(field.name, field.value.trim());
    });
    return query;
  }

  /* A text in searchable form: lower case, with the apostrophes and quotation marks of a keyboard. */
  function sought(text) {
    return text.toLowerCase().replace(/[‘’]/g, "'").replace(/[“”„«»]/g, '"');
  }

  function fits(story, query) {
    var words = sought(query.get("q") || "").split(/\s+/).filter(Boolean);
    var text = sought(story.title + " " + story.dek + " " + story.names.join(" "));
    return words.every(function (word) { return text.indexOf(word) >= 0; })
      && ["section", "sentiment"].every(function (name) { return !query.get(name) || story[name] === query.get(name); })
      && ["topic", "entity"].every(function (name) { return !query.get(name) || story[name].indexOf(query.get(name)) >= 0; })
      && (!query.get("importance") || story.importance >= Number(query.get("importance")));
  }

  function teaser(story) {
    var article = document.createElement("article");
    article.className = "teaser";
    article.innerHTML = '<h2><a></a></h2><p class="dek"></p><p class="meta"><time></time> <span></span></p>';
    var link = article.querySelector("a");
    link.href = form.dataset.root + story.slug + "/";
    window.citewire.headline(link, story.title, function (at, piece) { at.append(piece); });
    window.citewire.apart(article.querySelector(".dek"), story.dek).textContent = story.dek;
    var time = article.querySelector("time");
    time.dateTime = story.published;
    article.querySelector("span").textContent = sections[story.section];
    time.textContent = window.citewire.day(story.published, form.dataset);
    return article;
  }

  function button(label, goOn) {
    var more = document.createElement("button");
    more.type = "button";
    more.className = "more";
    more.textContent = label;
    if (form.dataset.lent) more.lang = form.dataset.lent;
    more.addEventListener("click", goOn);
    list.append(more);
  }

  async function search(query, limit, reach) {
    var mine = ++turn;
    var found = [];
    var at = 0;
    try {
      while (at < Math.min(reach, months.length) && found.length <= limit) {
        var stories = await month(months[at++]);
        found = found.concat(stories.filter(function (story) { return fits(story, query); }));
      }
    } catch (error) {
      return broken(mine);
    }
    if (mine !== turn) return;
    list.textContent = "";
    found.slice(0, limit).forEach(function (story) { list.append(teaser(story)); });
    var shown = Math.min(found.length, limit);
    var told = found.length > limit ? "shown" : shown > 1 ? "some" : shown ? "one" : "none";
    status.textContent = form.dataset[told].replace("#", shown);
    if (found.length > limit) button(form.dataset.more, function () { search(query, limit + PAGE, reach); });
    else if (reach < months.length) button(form.dataset.further, function () { search(query, limit, reach + REACH); });
  }

  function broken(mine) {
    if (mine !== turn) return;
    list.textContent = "";
    status.textContent = form.dataset.broken;
    if (nav) nav.hidden = false;
  }

  function show() {
    var query = asked();
    var any = query.toString() !== "";
    try {
      sessionStorage.setItem("citewire-river", query.toString()); /* for the links back from stories */
    } catch (error) {
      /* then they link to all stories */
    }
    if (nav) nav.hidden = any;
    if (any) return search(query, PAGE, REACH);
    turn += 1;
    list.innerHTML = untouched;
    status.textContent = "";
  }

  function remember() {
    var query = asked().toString();
    history.replaceState(null, "", query ? "?" + query : location.pathname);
    show();
  }

  function restore() {
    var query = new URLSearchParams(location.search);
    Array.prototype.forEach.call(form.elements, function (field) {
      if (field.name) field.value = query.get(field.name) || "";
    });
    if (Array.prototype.some.call(form.querySelectorAll("select"), function (field) { return field.value; })) {
      form.dispatchEvent(new Event("narrowed"));
    }
    show();
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    remember();
  });
  form.addEventListener("input", remember);
  form.addEventListener("reset", function () { setTimeout(remember); });
  window.addEventListener("popstate", restore);
  restore();
})();
