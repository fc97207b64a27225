// The desk: Decap with our own format, since a content file can hold more than a form.
//
// A file has its sources by ids of the writer's choice; a form shows them as a list.
// Texts stay unchanged: YAML is read without types, so no date moves and no `no` becomes false.
"use strict";

const YAML = window.jsyaml;

// Conversions between forms and files.
const LISTED = /^- /;

const asList = (map) => Object.entries(map || {}).map(([id, entry]) => ({ id, ...(entry || {}) }));

const asMap = (list) =>
  Object.fromEntries((list || []).filter((entry) => entry && entry.id).map(({ id, ...entry }) => [id, clean(entry)]));

// A part of a story may be a list of texts: the form shows one item per line, with a hyphen before each.
const shownPart = (part) => (Array.isArray(part) ? part.map((item) => `- ${item.trim()}`).join("\n") : part);
const keptPart = (part) => {
  const lines = part.trim().split(/\n+/);
  return lines.every((line) => LISTED.test(line)) ? lines.map((line) => line.replace(LISTED, "")) : part;
};

const isEmpty = (value) =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === "object" && !(value instanceof Date) && Object.keys(value).length === 0);

// A value without empty parts: an empty field of a form is left out of the file.
function clean(value) {
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, "Z");
  if (Array.isArray(value)) return value.map(clean).filter((item) => !isEmpty(item));
  if (value && typeof value === "object") {
    const kept = Object.entries(value).map(([name, field]) => [name, clean(field)]);
    return Object.fromEntries(kept.filter(([, field]) => !isEmpty(field)));
  }
  return typeof value === "string" ? value.replace(/\r\n/g, "\n").replace(/[ \t]+$/gm, "") : value;
}

// A vocabulary with an empty line before each entry.
const apart = (text) => text.replace(/^(?=\S)/gm, "\n");

function ordered(entry, order) {
  const names = [...order.filter((name) => name in entry), ...Object.keys(entry).filter((name) => !order.includes(name))];
  return Object.fromEntries(names.map((name) => [name, entry[name]]));
}

function format(kinds) {
  const kindOf = (entry) => ("made_by" in entry || "one_line" in entry || "stories" in entry ? "edition" : "story");
  const written = (value) => YAML.dump(value, { lineWidth: -1, schema: YAML.CORE_SCHEMA, noRefs: true });

  return {
    fromFile(text) {
      const entry = YAML.load(text, { schema: YAML.FAILSAFE_SCHEMA }) || {};
      const head = text.match(/^(?:#.*\n)*/)[0];
      if (!("title" in entry)) return { head, entries: asList(entry) };
      const kind = kindOf(entry);
      for (const name of kinds[kind].maps) if (name in entry) entry[name] = asList(entry[name]);
      for (const name of Object.keys(entry.parts || {})) entry.parts[name] = shownPart(entry.parts[name]);
      if ("draft" in entry) entry.draft = entry.draft === "true";
      return { kind, head, ...entry };
    },

    toFile(form) {
      if ("entries" in form) return (form.head || "") + apart(written(asMap(form.entries)));
      const { kind: named, head, ...shown } = form;
      const kind = named || kindOf(shown);
      const entry = clean(shown);
      for (const name of kinds[kind].maps) if (name in entry) entry[name] = asMap(entry[name]);
      for (const name of Object.keys(entry.parts || {})) entry.parts[name] = keptPart(entry.parts[name]);
      return (head || kinds[kind].head) + written(ordered(entry, kinds[kind].order));
    },
  };
}

async function begin() {
  const config = await (await fetch("config.json")).json();
  const { kinds } = config.citewire;
  delete config.citewire;
  window.CMS.registerCustomFormat("citewire", "yml", format(kinds));
  window.CMS.init({ config });
}

if (window.CMS) begin();
if (typeof module !== "undefined") module.exports = { format };
