import { expect, test } from "vitest";
import { claimsAt, marksOf } from "../src/marks";
import type { Claim, Judged, Span } from "../src/records";

// "Selon l'armée, sept combattants ont été tués jeudi à Sake."
const TEXT = "Selon l'armée, sept combattants ont été tués jeudi à Sake.";
const at = (exact: string): Span => {
  const start = TEXT.indexOf(exact);
  return { start, end: start + exact.length, exact };
};
const claim: Claim = {
  id: "one",
  content: at("sept combattants ont été tués jeudi à Sake"),
  chain: [{ source: at("l'armée"), cue: at("Selon"), act: "assert" }],
  hedges: [], trigger: at("tués"), actors: [], recipients: [at("combattants")], places: [at("Sake")], times: [at("jeudi")],
  quantities: [at("sept")], labels: [],
};
const row = (one: Claim): Judged => ({ claim: one, machine: one, state: "unseen", by: [], judgements: [] });

test("every mention of a claim is marked with its kind", () => {
  expect(marksOf(claim).map((mark) => [mark.kind, mark.span.exact])).toEqual([
    ["source", "l'armée"], ["cue", "Selon"], ["trigger", "tués"], ["actor", "combattants"], ["place", "Sake"], ["time", "jeudi"], ["quantity", "sept"],
  ]);
});
test("a mention without words, and one of nobody, is no mark", () => {
  const bare: Claim = { id: "x", content: at("tués"), chain: [{ source: null, cue: { start: 3, end: 3, exact: "" }, act: "hearsay" }] };
  expect(marksOf(bare)).toEqual([]);
});
test("the claim whose words stand there comes before the claim that only holds them", () => {
  const wide: Claim = { id: "wide", content: { start: 0, end: TEXT.length, exact: TEXT } };
  const point = at("tués").start;
  expect(claimsAt([row(wide), row(claim)], point)).toEqual(["one", "wide"]);
});
test("of two claims with words there the shorter mention comes first, the trigger before its like", () => {
  const same: Claim = { id: "same", content: claim.content, actors: [at("tués")] };
  expect(claimsAt([row(same), row(claim)], at("tués").start)).toEqual(["one", "same"]);
});
test("spans are half-open: the point behind the last word belongs to nobody", () => {
  expect(claimsAt([row(claim)], claim.content.end)).toEqual([]);
  expect(claimsAt([row(claim)], claim.content.end - 1)).toEqual(["one"]);
});
