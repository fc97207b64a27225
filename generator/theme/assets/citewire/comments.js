/* Readers' comments. The server that keeps them is not contacted until they are opened. Comments are shown as text,
   never as HTML. Isso: https://isso-comments.de/docs/reference/server-api/ */
(function () {
  "use strict";
  var box = document.querySelector(".comments details");
  if (!box) return;
  var words = box.dataset;
  var place = box.querySelector(".written");
  var opened = false;

  box.addEventListener("toggle", function () {
    if (!box.open || opened) return;
    opened = true;
    place.textContent = "";
    if (words.giscus) giscus();
    else isso();
  });

  function giscus() {
    var script = document.createElement("script");
    var told = JSON.parse(words.giscus);
    script.src = "https://giscus.app/client.js";
    script.crossOrigin = "anonymous";
    Object.keys(told).forEach(function (name) { script.setAttribute("data-" + name, told[name]); });
    script.setAttribute("data-mapping", "specific");
    script.setAttribute("data-term", words.path);
    script.setAttribute("data-theme", document.documentElement.dataset.theme || "preferred_color_scheme");
    script.setAttribute("data-lang", document.documentElement.lang.split("-")[0]);
    place.append(script);
  }

  function made(tag, text, name) {
    var element = document.createElement(tag);
    element.textContent = text || "";
    if (name) element.className = name;
    return element;
  }

  function ask(what, options) {
    return fetch(words.isso + what + "uri=" + encodeURIComponent(words.path), Object.assign({ credentials: "include" }, options));
  }

  function isso(said) {
    ask("?plain=1&").then(function (answer) {
      if (answer.status === 404) return { replies: [] }; /* no comments yet */
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).then(function (found) {
      show(found.replies, said);
    }).catch(function () {
      place.textContent = words.failed;
    });
  }

  function show(found, said) {
    var count = 0;
    place.textContent = "";
    place.append(status(said || (found.length ? "" : words.none)));
    place.append(list(found));
    place.append(form(null));
    box.querySelector("summary h2").textContent = words.count.replace("#", count);

    function list(comments) {
      var items = made("ol");
      comments.forEach(function (comment) {
        count += 1;
        items.append(item(comment));
      });
      return items;
    }

    function item(comment) {
      var entry = made("li");
      var name = comment.author || words.nobody;
      var head = made("p", name, "meta");
      var time = made("time", new Date(comment.created * 1000).toLocaleString(document.documentElement.lang, {
        dateStyle: "long", timeStyle: "short"
      }));
      time.dateTime = new Date(comment.created * 1000).toISOString();
      head.append(time);
      entry.append(head);
      comment.text.split(/\n{2,}/).forEach(function (paragraph) { entry.append(made("p", paragraph, "said")); });
      if (!comment.parent) {
        var reply = made("button", words.reply);
        reply.type = "button";
        reply.setAttribute("aria-label", words.replyTo.replace("#", function () { return name; }));
        reply.addEventListener("click", function () {
          var answer = form(comment.id);
          reply.replaceWith(answer);
          answer.querySelector("textarea").focus();
        });
        entry.append(reply);
        if (comment.replies && comment.replies.length) entry.append(list(comment.replies));
      }
      return entry;
    }
  }

  function status(text) {
    var line = made("p", text, "hint");
    line.setAttribute("role", "status");
    return line;
  }

  function field(label, tag, name) {
    var line = made("label", label);
    var input = made(tag);
    input.name = name;
    line.append(input);
    return line;
  }

  function form(parent) {
    var element = made("form");
    var text = field(words.text, "textarea", "text");
    text.lastChild.required = true;
    text.lastChild.minLength = 3; /* Isso requires it */
    text.lastChild.rows = 5;
    var author = field(words.name, "input", "author");
    author.lastChild.autocomplete = "name";
    var refusal = status("");
    element.append(made("h3", parent ? words.reply : words.write), text, author, made("button", words.send), refusal);
    element.addEventListener("submit", function (event) {
      event.preventDefault();
      send(element, parent, refusal);
    });
    return element;
  }

  function send(element, parent, refusal) {
    var button = element.querySelector("button");
    button.disabled = true;
    ask("new?", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        author: element.author.value.trim() || null, parent: parent, text: element.text.value.trim(), title: words.title
      })
    }).then(function (answer) {
      if (answer.ok) return isso(answer.status === 202 ? words.waits : words.sent);
      return answer.text().then(function (reason) {
        throw new Error(reason.replace(/<[^>]*>/g, " ").trim().slice(0, 200));
      });
    }).catch(function (error) {
      button.disabled = false;
      refusal.textContent = words.refused.replace("#", function () { return error.message; });
    });
  }
})();
