/* The page of results. Pagefind searches; results are filtered and sorted here, by the facets beside each index, since
   Pagefind loses its own order when it merges indexes. The search is kept in the address. */
(function () {
  "use strict";
  var form = document.querySelector(".search-form");
  if (!form || !window.URLSearchParams || !window.fetch) return;
  var words = form.elements.q;
  var choices = form.querySelector(".choices");
  var selects = Array.prototype.slice.call(choices.querySelectorAll("select"));
  var status = document.getElementById("found");
  if (form.dataset.lent) status.lang = form.dataset.lent; // it is English for lack of other words
  var list = document.querySelector(".results");
  var ways = document.querySelector(".search-ways");
  var language = document.documentElement.lang;
  var title = document.title;
  var root = new URL(form.dataset.root, location.href).pathname;
  var folders = form.dataset.indexes.split(" ").map(function (each) { return new URL(each, location.href).pathname; });
  var PAGE = 10;
  var turn = 0;
  var timer = 0;
  var loading = null;
  var facts = null;
  var looked = 0;
  var stood = "";

  /* The newest index comes with the engine; the others are merged into it. No worker: it would load the same program
     again, 12 KB, for a search that takes some milliseconds. */
  function load() {
    var means = { baseUrl: root, excerptLength: 28, noWorker: true };
    loading = loading || import(folders[0] + "pagefind.js").then(async function (engine) {
      if (looked) await engine.destroy(); // it knows indexes that stood here before
      looked = Date.now();
      stood = await standing();
      await engine.options(means);
      await engine.init();
      await Promise.all(folders.slice(1).map(function (each) { return engine.mergeIndex(each, means); }));
      return engine;
    });
    return loading;
  }

  /* What each index says of its files: it changes with them. */
  function standing() {
    return Promise.all(folders.map(async function (each) {
      return (await fetch(each + "pagefind-entry.json", { cache: "no-cache" })).text();
    })).then(function (all) { return all.join(); });
  }

  /* A build replaces files of an index while readers have this page open, and the engine takes one that is gone for one
     without results. So a search after a minute looks first whether the indexes are still those that it knows. */
  async function current() {
    if (loading && Date.now() - looked > 60000) {
      looked = Date.now();
      var now = await standing().catch(function () { return stood; }); // out of reach: go on with what is here
      if (now !== stood) loading = facts = null;
    }
    return load();
  }

  /* The facets of each story, by the id of its result; a list where two indexes share an id by chance. */
  function loadFacts() {
    facts = facts || Promise.all(folders.map(function (each) {
      return fetch(each + "facets.json").then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      });
    })).then(function (all) {
      var byId = new Map();
      all.forEach(function (table) {
        table.id.forEach(function (id, row) {
          var story = { year: String(table.year[row]), published: table.published[row], importance: table.importance[row] };
          selects.forEach(function (select) {
            var column = table[select.name];
            if (column && column.of) story[select.name] = column.of[row].map(function (place) { return column.ids[place]; });
          });
          byId.set(id, (byId.get(id) || []).concat(story));
        });
      });
      return byId;
    });
    return facts;
  }

  async function factsOf(result, byId) {
    var found = byId.get(result.id) || [];
    if (found.length < 2) return found[0];
    var published = Date.parse((await result.data()).meta.published) / 1000;
    return found.find(function (story) { return story.published === published; });
  }

  function fits(story, query, except) {
    return selects.every(function (select) {
      var wanted = query.get(select.name);
      if (!wanted || select.name === "order" || select.name === except) return true;
      return [].concat(story[select.name]).indexOf(wanted) >= 0;
    });
  }

  var orders = {
    newest: function (a, b) { return b.story.published - a.story.published; },
    importance: function (a, b) { return b.story.importance - a.story.importance || b.story.published - a.story.published; }
  };

  async function known(results) {
    var byId = await loadFacts();
    var all = await Promise.all(results.map(async function (result) {
      return { result: result, story: await factsOf(result, byId) };
    }));
    return all.filter(function (one) { return one.story; });
  }

  async function narrowed(results, query) {
    var all = await known(results);
    count(all, query);
    var kept = all.filter(function (one) { return fits(one.story, query); });
    var order = orders[query.get("order")] || (query.get("q") ? null : orders.newest);
    if (order) kept.sort(order);
    return kept.map(function (one) { return one.result; });
  }

  /* How many stories each choice would leave, with the other choices unchanged. */
  function count(all, query) {
    selects.forEach(function (select) {
      if (select.name === "order") return;
      var counts = {};
      all.forEach(function (one) {
        if (!fits(one.story, query, select.name)) return;
        [].concat(one.story[select.name]).forEach(function (id) { counts[id] = (counts[id] || 0) + 1; });
      });
      Array.prototype.forEach.call(select.options, function (option) {
        if (!option.value) return;
        option.dataset.title = option.dataset.title || option.textContent;
        option.textContent = option.dataset.title + " (" + (counts[option.value] || 0) + ")";
        option.disabled = !counts[option.value] && !option.selected;
      });
    });
  }

  function asked() {
    var query = new URLSearchParams();
    [words].concat(selects).forEach(function (field) {
      if (field.value.trim()) query.set(field.name, field.value.trim());
    });
    return query;
  }

  /* Text with <mark> and </mark> around the matches, and with its own < and > escaped. */
  function marked(into, text) {
    text.split(/<\/?mark>/).forEach(function (piece, number) {
      var node = number % 2 ? document.createElement("mark") : document.createTextNode("");
      node.textContent = piece.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
      into.append(node);
    });
  }

  function headline(into, text, query) {
    var sought = (query.get("q") || "").toLocaleLowerCase(language).match(/[\p{L}\p{N}]{2,}/gu) || [];
    window.citewire.headline(into, text, function (at, part) {
      part.split(/([\p{L}\p{N}]+)/u).forEach(function (piece) {
        var low = piece.toLocaleLowerCase(language);
        var hit = sought.some(function (word) { return low.indexOf(word) === 0; });
        var node = hit ? document.createElement("mark") : document.createTextNode("");
        node.textContent = piece;
        at.append(node);
      });
    });
  }

  function entry(story, query) {
    var item = document.createElement("li");
    item.innerHTML = '<p class="stamp"><span class="kicker"></span><time></time></p><h2><a></a></h2><p class="excerpt"></p>';
    item.querySelector(".kicker").textContent = story.meta.section;
    item.querySelector("time").dateTime = story.meta.published;
    item.querySelector("time").textContent = window.citewire.day(story.meta.published, form.dataset);
    item.querySelector("a").href = story.url;
    headline(item.querySelector("a"), story.meta.title, query);
    var begins = story.content.slice(0, 60) === story.plain_excerpt.slice(0, 60);
    marked(window.citewire.apart(item.querySelector(".excerpt"), story.excerpt), (begins ? "" : "… ") + story.excerpt + " …");
    return item;
  }

  async function show(results, query, mine, from) {
    var stories = await Promise.all(results.slice(from, from + PAGE).map(function (one) { return one.data(); }));
    if (mine !== turn) return;
    var button = document.querySelector(".search-page > .more");
    if (button) button.remove();
    if (!from) list.textContent = "";
    stories.forEach(function (story) { list.append(entry(story, query)); });
    if (from && stories.length) list.children[from].querySelector("a").focus();
    if (results.length > from + PAGE) {
      var more = document.createElement("button");
      more.type = "button";
      more.className = "more";
      more.textContent = form.dataset.more;
      if (form.dataset.lent) more.lang = form.dataset.lent;
      more.addEventListener("click", function () {
        show(results, query, mine, from + PAGE).catch(function () { broken(mine); });
      });
      list.after(more);
    }
  }

  function tell(number, query) {
    var none = query.get("q") ? form.dataset.none.replace("#", function () { return query.get("q"); }) : form.dataset.noneNarrow;
    status.textContent = number > 1 ? form.dataset.some.replace("#", number.toLocaleString(language))
      : number ? form.dataset.one : none;
  }

  function empty(message) {
    list.textContent = "";
    var more = document.querySelector(".search-page > .more");
    if (more) more.remove();
    status.textContent = message;
  }

  function broken(mine) {
    if (mine !== turn) return;
    loading = facts = null;
    empty(form.dataset.broken);
    ways.hidden = false;
  }

  async function matching(query) {
    var engine = await current();
    return (await engine.search(query.get("q") || null)).results;
  }

  /* Update only the numbers beside the choices, so that a reader already at a result stays there. */
  async function countOnly() {
    var mine = turn;
    var query = asked();
    var all = await known(await matching(query));
    if (mine === turn) count(all, query);
  }

  async function search() {
    var mine = ++turn;
    var query = asked();
    var filters = selects.some(function (select) { return select.name !== "order" && select.value; });
    document.title = query.get("q") ? query.get("q") + " · " + title : title;
    ways.hidden = !!query.get("q") || filters; // without a search yet, show where else to go
    if (!query.get("q") && !filters) return empty(form.dataset.start);
    status.textContent = form.dataset.busy;
    try {
      var results = await matching(query);
      if (filters || query.get("order") || facts) results = await narrowed(results, query);
      if (mine !== turn) return;
      tell(results.length, query);
      ways.hidden = !!results.length;
      await show(results, query, mine, 0);
    } catch (error) {
      broken(mine);
    }
  }

  function remember(isStep) {
    var query = asked().toString();
    var address = query ? "?" + query : location.pathname;
    if (address === location.search) return;
    if (isStep) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  function restore() {
    var query = new URLSearchParams(location.search);
    words.value = query.get("q") || "";
    selects.forEach(function (select) {
      var wanted = query.get(select.name) || "";
      select.value = wanted;
      if (wanted && select.value !== wanted && select.name !== "order") select.add(new Option(wanted, wanted, true, true));
    });
    if (selects.some(function (select) { return select.value; })) form.dispatchEvent(new Event("narrowed"));
    search();
  }

  choices.addEventListener("focusin", function () {
    if (!facts && asked().get("q")) countOnly().catch(function () { facts = null; });
  });
  words.addEventListener("focus", function () { load().catch(function () { loading = null; }); }, { once: true });
  words.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(function () {
      remember(false);
      search();
    }, 200);
  });
  choices.addEventListener("change", function () {
    remember(true);
    search();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(timer);
    remember(true);
    search();
  });
  form.addEventListener("reset", function (event) {
    event.preventDefault();
    selects.forEach(function (select) { select.value = ""; });
    remember(true);
    search();
  });
  window.addEventListener("popstate", restore);
  restore();
  if (location.search === "?q=") words.focus();
})();
