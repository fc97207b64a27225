// Reads each file that is named, and prints what the desk's format writes of it: a line of JSON for each.
const [bundle, config, ...files] = process.argv.slice(2);
const fs = require("fs");
global.window = { jsyaml: require(bundle) };
const { format } = require("../../generator/webdesk/desk.js");
const found = format(JSON.parse(fs.readFileSync(config)).citewire.kinds);
for (const file of files) {
  const shown = found.fromFile(fs.readFileSync(file, "utf8"));
  console.log(JSON.stringify({ shown, written: found.toFile(shown) }));
}
