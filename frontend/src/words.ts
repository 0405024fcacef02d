// The interface's phrases: the page carries those its script needs, in the language it is in.
let phrases: Record<string, string> | null = null;

const KINDS = ["one", "two", "few"];

/** Whether a number is one of a language's kind of plural: ranges, '%100' of the last two digits (as tongues.py has it). */
export function counts(rule: string, count: number): boolean {
  return rule.split(" ").filter(Boolean).some((part) => {
    const [span = "", of] = part.split("%");
    const [low, high] = span.split("-");
    const number = of ? count % Number(of) : count;
    return Number(low) <= number && number <= Number(high ?? low);
  });
}

function plural(name: string, count: number): string | undefined {
  const kind = KINDS.find((each) => counts(phrases?.[`plural.${each}`] ?? "", count)) ?? "many";
  return phrases?.[`${name}.${kind}`] ?? phrases?.[`${name}.many`];
}

export function t(name: string, values: Record<string, string | number> = {}): string {
  phrases ??= JSON.parse(document.getElementById("phrases")?.textContent ?? "{}") as Record<string, string>;
  const count = values["count"];
  const phrase = phrases[name] ?? (count === undefined ? undefined : plural(name, Number(count))) ?? name;
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
