// Writes what the built files were built from: a hash over every source, which a test holds against the sources,
// and the licences of the packages whose code went into them.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

const files = ["package.json", "package-lock.json", "tsconfig.json", "vite.config.ts"];
for (const each of readdirSync("src", { recursive: true, withFileTypes: true })) {
  if (each.isFile()) files.push(`${each.parentPath}/${each.name}`);
}
files.sort();
const hash = createHash("sha256");
for (const file of files) hash.update(file).update("\0").update(readFileSync(file)).update("\0");
writeFileSync("../src/reportedly/web/static/built/sources.sha256", hash.digest("hex") + "\n");

// What the script imports and what that imports in turn; types and tools leave nothing in the built files.
const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const texts = new Map();
const queue = Object.keys(dependencies);
while (queue.length) {
  const name = queue.shift();
  const folder = `node_modules/${name}`;
  if (texts.has(name) || !existsSync(folder)) continue;
  const about = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)/i.test(each));
  texts.set(name, `${name} ${about.version} (${about.license})\n\n${file ? readFileSync(`${folder}/${file}`, "utf8").trim() : about.license}\n`);
  queue.push(...Object.keys(about.dependencies ?? {}));
}
const line = `\n${"-".repeat(78)}\n\n`;
const earth = "Borders and coasts: Natural Earth, in the public domain, by way of world-atlas.\n";
writeFileSync("../src/reportedly/web/static/built/licences.txt", [earth, ...[...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)].join(line));
