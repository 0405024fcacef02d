// The queue: reports in order, in each its claims; what was decided, and how to take it back. No decision is shown before it is kept.
import { computed, signal } from "@preact/signals";
import type { Judged, Judgement, Report, Span } from "../records";
import { ask, send } from "../send";

export interface Choices {
  types: string[]; certainties: string[]; statuses: string[]; kinds: string[]; entities: string[]; who: string; document: string | null; claim: string | null;
}

export const choices = signal<Choices | null>(null);
export const who = signal("");
/** Why the next judgement is made: sent with it, then empty again. */
export const why = signal("");
export const report = signal<Report | null>(null);
export const at = signal(0);
export const unseenOnly = signal(true);
export const trouble = signal("");
export const done = signal(0);
export const ended = signal(false);
const documents: string[] = [];
let place = 0;
let more: number | null = 0;

/** The claims of the report in hand that are to be gone through; the one in hand stays although it was judged. */
export const queue = computed<Judged[]>(() => (report.value?.claims ?? []).filter((row) => !row.claim.repeats));
export const current = computed<Judged | null>(() => queue.value[at.value] ?? null);

/** Judgements that nobody took back, in the order made: as reportedly.verdicts.standing has it. */
export function standing(made: Judgement[]): Judgement[] {
  const dead = new Set<string>();
  for (const each of [...made].reverse()) if (each.verdict === "undo" && each.undoes && !dead.has(each.id)) dead.add(each.undoes);
  return made.filter((each) => each.verdict !== "undo" && !dead.has(each.id));
}

async function open(name: string): Promise<boolean> {
  report.value = await ask<Report>(`/api/documents/${encodeURIComponent(name)}`);
  return queue.value.length > 0;
}

async function listMore(): Promise<void> {
  if (more === null) return;
  const page: { rows: { id: string }[]; after: number | null } = await ask(`/api/documents?limit=100&after=${more}`);
  documents.push(...page.rows.map((row) => row.id));
  more = page.after;
}

const open_ = (row: Judged): boolean => !unseenOnly.value || row.state === "unseen";

export async function begin(given: Choices): Promise<void> {
  choices.value = given;
  who.value = given.who;
  if (given.document) {
    documents.push(given.document);
    more = null;
    await open(given.document);
    const asked = queue.value.findIndex((row) => row.claim.id === given.claim);
    at.value = Math.max(0, asked >= 0 ? asked : queue.value.findIndex(open_));
    return;
  }
  await listMore();
  await step(1, { from: -1 });
}

/** Go to the next or last claim that is to be looked at, through the reports where need be. */
export async function step(by: 1 | -1, { from = at.value } = {}): Promise<void> {
  trouble.value = "";
  ended.value = false;
  if (report.value === null) {
    if (documents.length === 0) { ended.value = true; return; }
    await open(documents[place]!);
  }
  let n = from + by;
  for (;;) {
    const found = queue.value[n];
    if (found && (by === -1 || open_(found))) { at.value = n; return; }
    if (found) { n += by; continue; }
    if (place + by < 0) return;
    if (place + by >= documents.length) await listMore();
    if (place + by >= documents.length) { ended.value = true; return; }
    place += by;
    await open(documents[place]!);
    n = by === 1 ? 0 : queue.value.length - 1;
  }
}

interface Kept { judgement: Judgement; claim: Judged | null }

async function keep(content: Record<string, unknown>): Promise<Kept | null> {
  const held = report.value;
  if (!held) return null;
  try {
    const kept = await send<Kept>("/api/judgements", { document: held.document.id, who: who.value, why: why.value, ...content });
    done.value += 1;
    why.value = "";
    trouble.value = "";
    const judgements = [...held.judgements, kept.judgement];
    const known = held.claims.some((row) => row.claim.id === kept.claim?.claim.id);
    const claims = kept.claim && known ? held.claims.map((row) => (row.claim.id === kept.claim!.claim.id ? kept.claim! : row)) : held.claims;
    report.value = { ...held, claims, judgements };
    if (kept.claim && !known) await open(held.document.id);
    return kept;
  } catch (error) {
    trouble.value = error instanceof Error ? error.message : String(error);
    return null;
  }
}

export async function judge(verdict: "accept" | "reject"): Promise<void> {
  const row = current.value;
  if (row && (await keep({ verdict, claim: row.claim.id }))) await step(1);
}

export async function correct(path: string, replacement: unknown): Promise<boolean> {
  const row = current.value;
  return row !== null && (await keep({ verdict: "correct", claim: row.claim.id, path, replacement })) !== null;
}

export async function add(content: Span, fields: Record<string, unknown>): Promise<boolean> {
  const kept = await keep({ verdict: "add", replacement: { content, ...fields } });
  if (!kept) return false;
  const n = queue.value.findIndex((row) => row.claim.id === `human-${kept.judgement.id}`);
  if (n >= 0) at.value = n;
  return true;
}

/** Take back the last judgement of this person that still stands in this report; go to its claim. */
export async function undo(id?: string): Promise<void> {
  const mine = standing(report.value?.judgements ?? []).filter((each) => each.who === who.value);
  const last = id ? (report.value?.judgements ?? []).find((each) => each.id === id) : mine.at(-1);
  if (!last || !(await keep({ verdict: "undo", undoes: last.id }))) return;
  if (last.verdict === "add" && report.value) await open(report.value.document.id);
  const n = queue.value.findIndex((row) => row.claim.id === last.target?.claim);
  if (n >= 0) at.value = n;
}
