// The review without a server: what a key sends, what is shown after it, and that nothing is shown as kept before it is.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { render } from "preact";
import type { Judged, Judgement } from "../src/records";
import { start } from "../src/review/page";
import { done, report, trouble, unseenOnly } from "../src/review/queue";
import { setPhrases } from "../src/words";

const TEXT = "Un. Deux. Trois.";
const span = (start: number, end: number) => ({ start, end, exact: TEXT.slice(start, end) });
const row = (id: string, start: number, end: number): Judged => {
  const claim = { id, content: span(start, end), trigger: null, type: null };
  return { claim, machine: claim, state: "unseen", by: [], judgements: [] };
};
let sent: Record<string, unknown>[] = [];
let refuse = false;
let place: HTMLElement;

async function server(address: string, given?: RequestInit): Promise<Response> {
  if (address.startsWith("/api/documents/")) {
    return Response.json({ document: { id: "d", name: "d", text: TEXT }, claims: [row("1", 0, 3), row("2", 4, 9), row("3", 10, 16)], orphans: [], judgements: [] });
  }
  const content = JSON.parse(String(given?.body)) as Record<string, unknown>;
  sent.push(content);
  if (refuse) return Response.json({ error: "the disk is full" }, { status: 503 });
  const judgement: Judgement = {
    id: `j${sent.length}`, who: String(content["who"]), when: "2026-01-01T00:00", verdict: String(content["verdict"]),
    undoes: (content["undoes"] as string | undefined) ?? null, target: { document: "d", claim: String(content["claim"] ?? "1") },
  };
  const known = report.value?.claims.find((each) => each.claim.id === content["claim"]);
  const states: Record<string, string> = { accept: "accepted", reject: "rejected" };
  return Response.json({ judgement, claim: known ? { ...known, state: states[judgement.verdict] ?? known.state } : null }, { status: 201 });
}

const press = async (key: string): Promise<void> => {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve, 15));
};
const shown = (): string | undefined => place.querySelector<HTMLElement>(".card")?.dataset["claim"];

beforeEach(async () => {
  sent = [];
  refuse = false;
  done.value = 0;
  unseenOnly.value = true;
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
afterEach(() => { render(null, place); report.value = null; vi.unstubAllGlobals(); });

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
  expect(sent[1]).toMatchObject({ verdict: "undo", undoes: "j1" });
  expect(shown()).toBe("1");
});
test("u twice takes back the last but one, never the taking back", async () => {
  await press("a");
  await press("x");
  await press("u");
  await press("u");
  expect(sent.slice(2).map((each) => each["undoes"])).toEqual(["j2", "j1"]);
});
test("n and p go on and back and send nothing", async () => {
  await press("n");
  expect(shown()).toBe("2");
  await press("p");
  expect(shown()).toBe("1");
  expect(sent).toEqual([]);
});
test("what the server refused is not shown as kept, and is said", async () => {
  refuse = true;
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
