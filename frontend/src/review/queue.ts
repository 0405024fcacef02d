// The queue: reports in order, in each its claims; what was decided, and how to take it back. No decision is shown before it is kept.
import { computed, signal } from "@preact/signals";
import type { Claim, Judged, Judgement, Report, Span } from "../records";
import { ask, piece, send } from "../send";
import { t } from "../words";

export interface Choices {
  types: string[]; certainties: string[]; statuses: string[]; kinds: string[]; entities: string[]; who: string; document: string | null; claim: string | null;
}
type Act = () => Promise<unknown>;

export const choices = signal<Choices | null>(null);
export const who = signal("");
/** Why the next judgement is made: sent with it, then empty again. */
export const why = signal("");
export const report = signal<Report | null>(null);
/** The card of the claim in hand and the report's history, as the server draws them. */
export const card = signal({ claim: "", html: "" });
export const at = signal(0);
export const unseenOnly = signal(true);
export const trouble = signal("");
/** What did not come through and can be tried again; nothing else is decided until it was, or was left. */
export const failed = signal<Act | null>(null);
/** The field whose correction failed: another value for it takes its place. */
let refused = "";
/** How often something was left: what was typed for it is no longer shown then. */
export const left = signal(0);
export const done = signal(0);
export const ended = signal(false);
const documents: string[] = [];
let place = 0;
let more: number | null = 0;

/** The claims of the report in hand that are to be gone through; the one in hand stays although it was judged. */
export const queue = computed<Judged[]>(() => (report.value?.claims ?? []).filter((row) => !row.claim.repeats));
export const current = computed<Judged | null>(() => queue.value[at.value] ?? null);

// --- one after the other ---------------------------------------------------------------------------------------------------------

let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/** Do one act after the other: each finds what the one before it left. One that fails ends those that wait behind it. */
export function inTurn(act: Act): Promise<void> {
  waiting += 1;
  const turn = last.then(() => perform(act));
  last = turn;
  return turn;
}

async function perform(act: Act): Promise<void> {
  waiting -= 1;
  if (failed.value) return;
  try {
    await act();
  } catch (error) {
    fail(error, act);
    return;
  }
  // a card that nobody sees is not asked for; one that does not come is asked for again, what was done is not done again
  if (waiting === 0) await look().catch((error: unknown) => fail(error, () => Promise.resolve()));
}

function fail(error: unknown, act: Act): void {
  trouble.value = error instanceof Error ? error.message : String(error);
  failed.value = act;
}

/** Try what failed once more. */
export function again(): Promise<void> {
  const act = failed.value;
  failed.value = null;
  trouble.value = "";
  return act ? inTurn(act) : Promise.resolve();
}

function forgo(): void {
  failed.value = null;
  trouble.value = "";
  lost = null;
  refused = "";
}

/** Leave what failed, and see what the store holds. */
export function leave(): Promise<void> {
  if (!failed.value) { trouble.value = ""; return Promise.resolve(); }
  forgo();
  left.value += 1;
  return inTurn(async () => { if (report.value) await open(report.value.document.id); });
}

// --- going through -----------------------------------------------------------------------------------------------------------------

/** Judgements that nobody took back, in the order made: as reportedly.verdicts.standing has it. */
export function standing(made: Judgement[]): Judgement[] {
  const dead = new Set<string>();
  for (const each of [...made].reverse()) if (each.verdict === "undo" && each.undoes && !dead.has(each.id)) dead.add(each.undoes);
  return made.filter((each) => each.verdict !== "undo" && !dead.has(each.id));
}

async function open(name: string): Promise<void> {
  report.value = await ask<Report>(`/api/documents/${encodeURIComponent(name)}`);
}

async function look(): Promise<void> {
  const row = current.value;
  const held = report.value;
  if (!row || !held) { card.value = { claim: "", html: "" }; return; }
  const asked = new URLSearchParams({ document: held.document.id, claim: row.claim.id });
  card.value = { claim: row.claim.id, html: await piece(`/review/card?${asked}`) };
}

async function listMore(): Promise<void> {
  if (more === null) return;
  const page: { rows: { id: string }[]; after: number | null } = await ask(`/api/documents?limit=100&after=${more}`);
  documents.push(...page.rows.map((row) => row.id));
  more = page.after;
}

const open_ = (row: Judged): boolean => !unseenOnly.value || row.state === "unseen";

export function begin(given: Choices): Promise<void> {
  choices.value = given;
  who.value = given.who;
  documents.length = 0;
  place = 0;
  if (!given.document) return inTurn(async () => { more = 0; await listMore(); await go(1, -1); });
  const name = given.document;
  documents.push(name);
  more = null;
  return inTurn(async () => {
    await open(name);
    const asked = queue.value.findIndex((row) => row.claim.id === given.claim);
    at.value = Math.max(0, asked >= 0 ? asked : queue.value.findIndex(open_));
  });
}

/** Go to the next or last claim that is to be looked at, through the reports where need be. */
export const step = (by: 1 | -1): Promise<void> => inTurn(() => go(by, at.value));

async function go(by: 1 | -1, from: number): Promise<void> {
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
    await open(documents[place + by]!);
    place += by;
    n = by === 1 ? 0 : queue.value.length - 1;
  }
}

// --- deciding ----------------------------------------------------------------------------------------------------------------------

interface Kept { judgement: Judgement; claim: Judged | null }
/** A judgement whose answer did not come, and the id it was sent under: sent again under the same, it is kept once. */
let lost: { told: string; id: string } | null = null;

function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Have the store keep a judgement. Throws where it was refused, or no answer came. */
async function keep(content: Record<string, unknown>): Promise<Kept> {
  const document = report.value!.document.id;
  const said = why.value;
  const told = JSON.stringify([document, who.value, content]);
  const id = lost?.told === told ? lost.id : newId();
  lost = { told, id };
  const kept = await send<Kept>("/api/judgements", { id, document, who: who.value, why: said, ...content });
  await put(kept);
  lost = null;
  done.value += 1;
  trouble.value = "";
  // what was typed meanwhile is for the next one, and what an earlier sending had left out is not thrown away
  if (why.value === said && (kept.judgement.why ?? "") === said) why.value = "";
  return kept;
}

async function put(kept: Kept): Promise<void> {
  const held = report.value!;
  const name = kept.claim?.claim.id;
  if (!held.claims.some((row) => row.claim.id === name)) return open(held.document.id);
  const claims = held.claims.map((row) => (row.claim.id === name ? kept.claim! : row));
  report.value = { ...held, claims, judgements: [...held.judgements, kept.judgement] };
}

/** Judge the claim that is in hand when its turn comes, and go on. */
export function judge(verdict: "accept" | "reject"): Promise<void> {
  let kept = false;
  return inTurn(async () => {
    const row = current.value;
    if (!row || (ended.value && !kept)) return;
    if (!kept) await keep({ verdict, claim: row.claim.id });
    kept = true;
    await go(1, at.value);
  });
}

/** Put what `change` makes of a field in its place, in the claim in hand now; whether it was kept. */
export async function correct(where: string | ((now: Claim) => string), change: (now: unknown, claim: Claim) => unknown): Promise<boolean> {
  const name = current.value?.claim.id;
  let kept = false;
  if (failed.value && typeof where === "string" && refused === `${name} ${where}`) forgo();
  await inTurn(async () => {
    const row = queue.value.find((each) => each.claim.id === name);
    if (!row) return;
    const path = typeof where === "string" ? where : where(row.claim);
    refused = `${name} ${path}`;
    await keep({ verdict: "correct", claim: row.claim.id, path, replacement: change(held(row.claim, path), row.claim) });
    kept = true;
  });
  return kept;
}

function held(claim: Claim, path: string): unknown {
  return path.split(".").reduce<unknown>((whole, part) => (whole as Record<string, unknown> | undefined)?.[part], claim);
}

export async function add(content: Span, fields: Record<string, unknown>): Promise<boolean> {
  let kept = false;
  await inTurn(async () => {
    if (!report.value) return;
    const { judgement } = await keep({ verdict: "add", replacement: { content, ...fields } });
    turnTo(`human-${judgement.id}`);
    kept = true;
  });
  return kept;
}

/** Take back the last judgement of this person that still stands in this report; go to its claim. */
export const undo = (id?: string): Promise<void> => inTurn(async () => {
  const made = report.value?.judgements ?? [];
  const meant = id ? made.find((each) => each.id === id) : standing(made).filter((each) => each.who === who.value).at(-1);
  if (!meant) { trouble.value = t("review.nothing_to_undo"); return; }
  await keep({ verdict: "undo", undoes: meant.id });
  ended.value = false;
  if (meant.verdict !== "add") turnTo(meant.target?.claim ?? "");
  at.value = Math.max(0, Math.min(at.value, queue.value.length - 1));
});

function turnTo(claim: string): void {
  const n = queue.value.findIndex((row) => row.claim.id === claim);
  if (n >= 0) at.value = n;
}
