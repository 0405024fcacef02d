// The interface's phrases: the page carries those its script needs, in the language it is in.
let phrases: Record<string, string> | null = null;

export function t(name: string, values: Record<string, string | number> = {}): string {
  phrases ??= JSON.parse(document.getElementById("phrases")?.textContent ?? "{}") as Record<string, string>;
  const count = values["count"];
  const phrase = phrases[name] ?? (count === undefined ? undefined : phrases[`${name}.${count === 1 ? "one" : "many"}`]) ?? name;
  return phrase.replace(/\{(\w+)\}/g, (whole, key: string) => (key in values ? String(values[key]) : whole));
}

/** The interface's word for a value of the records, the value itself where there is none. */
export function word(group: string, value: string | null | undefined): string {
  if (!value) return "";
  const found = t(`${group}.${value}`);
  return found === `${group}.${value}` ? value : found;
}

export function setPhrases(given: Record<string, string>): void {
  phrases = given;
}
