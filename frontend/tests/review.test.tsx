// The review without a server: what a key sends, what is shown after it, and that nothing is shown as kept before it is.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { render } from "preact";
import type { Judged, Judgement } from "../src/records";
import { settled, start } from "../src/review/page";
import { again, at, correct, done, ended, failed, leave, report, trouble, undo, unseenOnly, why } from "../src/review/queue";
import { setPhrases } from "../src/words";

const TEXT = "Un. Deux. Trois. Quatre. Cinq.";
const span = (start: number, end: number) => ({ start, end, exact: TEXT.slice(start, end) });
const row = (id: string, start: number, end: number): Judged => {
  const claim = { id, content: span(start, end), trigger: null, type: null };
  return { claim, machine: claim, state: "unseen", by: [], judgements: [] };
};
let sent: Record<string, unknown>[] = [];
let refuse = 0;
let gone = false;
let cards: string[] = [];
let slow: Promise<unknown> = Promise.resolve();
let place: HTMLElement;

const ROWS = [row("1", 0, 3), row("2", 4, 9), row("3", 10, 16), row("4", 17, 24), row("5", 25, 30)];
let stored: { rows: Judged[]; judgements: Judgement[] };
const STATES: Record<string, string> = { accept: "accepted", reject: "rejected", correct: "corrected" };

/** A store: it keeps a judgement once by its id, and answers after `slow`; an answer can be refused, or lost on the way. */
async function server(address: string, given?: RequestInit): Promise<Response> {
  if (address.startsWith("/api/documents/")) return Response.json({ document: { id: "d", name: "d", text: TEXT }, claims: stored.rows, orphans: [], judgements: stored.judgements });
  if (address.startsWith("/review/card")) {
    const name = new URLSearchParams(address.split("?")[1]).get("claim") ?? "";
    cards.push(name);
    return new Response(`<article class="card" data-claim="${name}"></article><div class="record"><form data-undoes="j"></form></div>`);
  }
  const content = JSON.parse(String(given?.body)) as Record<string, unknown>;
  sent.push(content);
  await slow;
  if (refuse) return Response.json({ error: "the disk is full" }, { status: refuse });
  const { id, verdict, claim } = content as Record<string, string>;
  let judgement = stored.judgements.find((each) => each.id === id);
  if (!judgement) {
    judgement = { id: id!, who: String(content["who"]), when: "2026-01-01T00:00", verdict: verdict!, why: String(content["why"]), undoes: (content["undoes"] as string | undefined) ?? null, target: { document: "d", claim: claim ?? "1" } };
    stored.judgements = [...stored.judgements, judgement];
    stored.rows = stored.rows.map((each) => (each.claim.id === claim ? { ...each, state: STATES[verdict!] ?? each.state } : each));
  }
  if (gone) throw new TypeError("Failed to fetch");
  return Response.json({ judgement, claim: stored.rows.find((each) => each.claim.id === judgement.target?.claim) ?? null }, { status: 201 });
}

const key = (key: string, init: KeyboardEventInit = {}): boolean => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
/** Wait until all that was pressed is done, and drawn. */
const calm = async (): Promise<void> => {
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 15));
};
const press = async (name: string): Promise<void> => {
  key(name);
  await calm();
};
const shown = (): string | undefined => place.querySelector<HTMLElement>(".card")?.dataset["claim"];
const judged = (): unknown[][] => sent.map((each) => [each["verdict"], each["claim"]]);

beforeEach(async () => {
  sent = [];
  refuse = 0;
  gone = false;
  cards = [];
  slow = Promise.resolve();
  stored = { rows: ROWS, judgements: [] };
  done.value = 0;
  at.value = 0;
  ended.value = false;
  unseenOnly.value = true;
  why.value = "";
  setPhrases({});
  vi.stubGlobal("fetch", server);
  vi.stubGlobal("CSS", {});
  const choices = { types: ["AID"], certainties: [], statuses: [], kinds: [], entities: [], who: "ana", document: "d", claim: null };
  document.body.innerHTML = '<div id="review"></div><script type="application/json" id="data"></script>';
  document.getElementById("data")!.textContent = JSON.stringify(choices);
  place = document.getElementById("review")!;
  await start(place);
  await press("F13");
});
afterEach(async () => { gone = false; await leave(); render(null, place); report.value = null; trouble.value = ""; vi.unstubAllGlobals(); });

test("a accepts, x rejects, each on the claim in hand, and the next one comes", async () => {
  expect(shown()).toBe("1");
  await press("a");
  expect(shown()).toBe("2");
  await press("x");
  expect(sent.map((each) => [each["verdict"], each["claim"], each["who"]])).toEqual([["accept", "1", "ana"], ["reject", "2", "ana"]]);
});
test("u takes back the last judgement and goes to its claim", async () => {
  await press("a");
  await press("u");
  expect(sent[1]).toMatchObject({ verdict: "undo", undoes: sent[0]!["id"] });
  expect(shown()).toBe("1");
});
test("u twice takes back the last but one, never the taking back", async () => {
  await press("a");
  await press("x");
  await press("u");
  await press("u");
  expect(sent.slice(2).map((each) => each["undoes"])).toEqual([sent[1]!["id"], sent[0]!["id"]]);
});
test("n and p go on and back and send nothing", async () => {
  await press("n");
  expect(shown()).toBe("2");
  await press("p");
  expect(shown()).toBe("1");
  expect(sent).toEqual([]);
});
test("what the server refused is not shown as kept, and is said", async () => {
  refuse = 503;
  await press("a");
  expect(shown()).toBe("1");
  expect(done.value).toBe(0);
  expect(trouble.value).toBe("the disk is full");
});
test("keys typed into a field, or with Ctrl held, are no judgement", async () => {
  const field = place.querySelector("input[dir=auto]")!;
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }));
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", ctrlKey: true, bubbles: true }));
  await press("F13");
  expect(sent).toEqual([]);
});
test("? shows the help, Escape takes it away", async () => {
  await press("?");
  expect(place.querySelector("[role=note]")).not.toBeNull();
  await press("Escape");
  expect(place.querySelector("[role=note]")).toBeNull();
});

test("keys pressed in one burst judge one claim after the other, each once", async () => {
  let answer!: () => void;
  slow = new Promise<void>((resolve) => { answer = resolve; });
  for (const each of ["a", "a", "x", "a"]) key(each);
  expect(sent.length).toBeLessThan(2);
  answer();
  await calm();
  expect(judged()).toEqual([["accept", "1"], ["accept", "2"], ["reject", "3"], ["accept", "4"]]);
  expect(new Set(sent.map((each) => each["id"])).size).toBe(4);
  expect(shown()).toBe("5");
});
test("a key that is held down judges once", async () => {
  key("a");
  for (let n = 0; n < 5; n += 1) key("a", { repeat: true });
  await calm();
  expect(judged()).toEqual([["accept", "1"]]);
});
test("after the last claim nothing is judged a second time", async () => {
  for (let n = 0; n < 9; n += 1) key("a");
  await calm();
  expect(judged().map((each) => each[1])).toEqual(["1", "2", "3", "4", "5"]);
  expect(ended.value).toBe(true);
});
test.each([409, 422, 503])("an answer of %i ends the burst, is shown, and loses nothing typed", async (status) => {
  refuse = status;
  why.value = "two sources";
  for (const each of ["a", "x", "n", "a"]) key(each);
  await calm();
  expect(judged()).toEqual([["accept", "1"]]);
  expect(place.querySelector("[role=alert]")!.textContent).toContain("the disk is full");
  expect(why.value).toBe("two sources");
  expect(shown()).toBe("1");
  await press("a");
  expect(sent.length).toBe(1);
});
test("another value for a field whose value was refused takes its place", async () => {
  refuse = 422;
  expect(await correct("type", () => "WAR")).toBe(false);
  expect(await correct("status", () => "planned")).toBe(false);
  refuse = 0;
  expect(await correct("type", () => "ASSAULT")).toBe(true);
  expect(sent.map((each) => each["replacement"])).toEqual(["WAR", "ASSAULT"]);
  expect([failed.value, trouble.value]).toEqual([null, ""]);
});
test("Enter tries again what failed, under the same id", async () => {
  refuse = 503;
  why.value = "seen";
  await press("x");
  refuse = 0;
  await press("Enter");
  expect(sent.map((each) => [each["verdict"], each["claim"], each["why"]])).toEqual([["reject", "1", "seen"], ["reject", "1", "seen"]]);
  expect(sent[0]!["id"]).toBe(sent[1]!["id"]);
  expect([done.value, why.value, trouble.value, shown()]).toEqual([1, "", "", "2"]);
});
test("a judgement that was kept although its answer was lost is kept once", async () => {
  gone = true;
  key("a");
  key("a");
  await calm();
  expect([sent.length, stored.judgements.length, done.value]).toEqual([1, 1, 0]);
  gone = false;
  await again();
  await calm();
  expect([sent.length, stored.judgements.length, done.value]).toEqual([2, 1, 1]);
  expect(shown()).toBe("2");
});
test("Escape leaves what failed and shows what the store holds", async () => {
  gone = true;
  await press("a");
  gone = false;
  await press("Escape");
  expect(failed.value).toBeNull();
  expect(report.value?.claims[0]?.state).toBe("accepted");
});
test("a reason typed while an answer is awaited is for the next judgement", async () => {
  let answer!: () => void;
  slow = new Promise<void>((resolve) => { answer = resolve; });
  why.value = "first";
  key("a");
  await Promise.resolve();
  await Promise.resolve();
  why.value = "second";
  answer();
  await calm();
  expect(sent[0]!["why"]).toBe("first");
  expect(why.value).toBe("second");
});
test("two changes of one field in a burst build on each other", async () => {
  stored.rows = ROWS.map((each) => ({ ...each, claim: { ...each.claim, quantities: [{ ...span(0, 3), low: 1, high: 2 }] } }));
  await leave();
  report.value = { ...report.value!, claims: stored.rows };
  const change = (given: object) => correct("quantities.0", (now) => ({ ...(now as object), ...given }));
  const both = Promise.all([change({ low: 5 }), change({ high: 9 })]);
  // the store answers the first with the claim as it then is
  stored.rows = stored.rows.map((each, n) => (n ? each : { ...each, claim: { ...each.claim, quantities: [{ ...span(0, 3), low: 5, high: 2 }] } }));
  await both;
  expect(sent[1]!["replacement"]).toMatchObject({ low: 5, high: 9 });
});
test("the card is the one that the server draws, asked for once a burst", async () => {
  cards = [];
  for (const each of ["a", "a", "a"]) key(each);
  await calm();
  expect(cards).toContain("4");
  expect(cards).not.toContain("2");
});
test("a form of the server's history takes back here what it would take back without a script", async () => {
  await press("a");
  const form = place.querySelector("form")!;
  form.dataset["undoes"] = String(sent[0]!["id"]);
  const submit = new Event("submit", { bubbles: true, cancelable: true });
  form.dispatchEvent(submit);
  await calm();
  expect(submit.defaultPrevented).toBe(true);
  expect(sent[1]).toMatchObject({ verdict: "undo", undoes: sent[0]!["id"] });
});
test("nothing to take back is said", async () => {
  await undo();
  expect(sent).toEqual([]);
  expect(trouble.value).toBe("review.nothing_to_undo");
});
