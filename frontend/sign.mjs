// Writes what the built files were built from: a hash over every source, which a test holds against the sources.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const files = ["package.json", "package-lock.json", "tsconfig.json", "vite.config.ts"];
for (const each of readdirSync("src", { recursive: true, withFileTypes: true })) {
  if (each.isFile()) files.push(`${each.parentPath}/${each.name}`);
}
files.sort();
const hash = createHash("sha256");
for (const file of files) hash.update(file).update("\0").update(readFileSync(file)).update("\0");
writeFileSync("../src/reportedly/web/static/built/sources.sha256", hash.digest("hex") + "\n");
