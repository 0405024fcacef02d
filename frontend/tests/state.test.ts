import { beforeEach, expect, test } from "vitest";
import selecting from "./selecting.json";
import { follow } from "../src/events/address";
import { type Drawn, NOTHING, chosen, counted, current, day, events, fitting, iso, left, narrowed, narrowing, on, picked, query, shown, span, toggle } from "../src/events/state";

const event = (id: string, more: Partial<Drawn> = {}): Drawn => ({
  id, title: id, type: "ASSAULT", earliest: "2024-05-02", latest: "2024-05-03", reported: ["2024-05-04"], points: [], places: ["Sake"], countries: ["CD"],
  actors: ["M23"], outlets: ["AFI"], reports: 1, independent: 1, contradictions: 0, language: "fr", disputed: false, ...more,
});
const names = (): string[] => shown.value.map((each) => each.id);

beforeEach(() => {
  narrowing.value = NOTHING;
  events.value = [
    event("goma"),
    event("aid", { type: "AID", actors: ["UN"], places: ["Goma"], independent: 3, contradictions: 2 }),
    event("undated", { earliest: null, latest: null, reported: [], countries: ["SY"], title: "Zabadani" }),
  ];
});

test("nothing asked, everything shown", () => expect(names()).toEqual(["goma", "aid", "undated"]));
test("of one facet any value will do, of two facets both must", () => {
  toggle("type", "AID"); toggle("type", "ASSAULT");
  expect(names()).toHaveLength(3);
  toggle("countries", "SY");
  expect(names()).toEqual(["undated"]);
});
test("toggling twice is as before", () => { toggle("actors", "UN"); toggle("actors", "UN"); expect(names()).toHaveLength(3); });
test("a facet's counts leave its own choice aside", () => {
  toggle("type", "AID");
  expect(counted("type")).toEqual([["ASSAULT", 2], ["AID", 1]]);
  expect(counted("countries")).toEqual([["CD", 1]]);
});
test("a value chosen stays in its list when nothing is left of it", () => {
  toggle("type", "AID"); toggle("countries", "SY");
  expect(counted("type")).toContainEqual(["AID", 0]);
});
test("days narrow by the lane they were brushed in, and nobody's day is in none", () => {
  const found = (lane: "happened" | "reported", from: string, to: string) => {
    narrowing.value = { ...NOTHING, days: { lane, from: day(from)!, to: day(to)! } };
    return names();
  };
  expect(found("happened", "2024-05-03", "2024-05-09")).toEqual(["goma", "aid"]);
  expect(found("happened", "2024-05-04", "2024-05-09")).toEqual([]);
  expect(found("reported", "2024-05-04", "2024-05-04")).toEqual(["goma", "aid"]);
  expect(fitting.value).toHaveLength(3);
});
test("independence, contradiction and words narrow", () => {
  const by = (more: object) => events.value.filter((each) => left(each, { ...NOTHING, ...more })).map((each) => each.id);
  expect(by({ independent: 2 })).toEqual(["aid"]);
  expect(by({ contradicted: true })).toEqual(["aid"]);
  expect(by({ words: "zabad" })).toEqual(["undated"]);
  expect(by({ words: "m23" })).toEqual(["goma", "undated"]);
});
test("half a date is as much as is known", () => {
  expect(span(event("x", { earliest: null }), "happened")).toEqual([day("2024-05-03"), day("2024-05-03")]);
  expect(span(event("x", { reported: ["2024-05-09", "2024-05-01"] }), "reported")).toEqual([day("2024-05-01"), day("2024-05-09")]);
  expect(day("not a date")).toBeNull();
});
test.each(["1969-12-31", "1970-01-01", "2024-02-29"])("%s comes back from its day", (text) => expect(iso(day(text)!)).toBe(text));

test.each(selecting.cases as [string, string[]][])("an address means the same here as on the server: %s", (address, expected) => {
  events.value = selecting.events as unknown as Drawn[];
  narrowing.value = narrowed(new URLSearchParams(address));
  expect(names()).toEqual(expected);
  // and comes back from what it means
  expect(narrowed(query(narrowing.value))).toEqual(narrowing.value);
});
test("every value of a facet is counted, however many", () => {
  events.value = Array.from({ length: 40 }, (_, n) => event(`e${n}`, { actors: [`actor ${n}`] }));
  expect(counted("actors")).toHaveLength(40);
});
test("what is chosen is chosen only while it is shown", () => {
  chosen.value = "aid";
  expect(current.value?.id).toBe("aid");
  toggle("type", "ASSAULT");
  expect(current.value).toBeNull();
  chosen.value = null;
});
test("a click on a day chooses what lies there, one after the other", () => {
  const there = day("2024-05-02")!;
  chosen.value = on("happened", there)?.id ?? null;
  expect(chosen.value).toBe("goma");
  chosen.value = on("happened", there)?.id ?? null;
  expect(chosen.value).toBe("aid");
  expect(on("happened", there)?.id).toBe("goma");
  expect(on("happened", day("1999-01-01")!)).toBeNull();
  chosen.value = null;
});
test("what is asked stands in the address, and the address is what is asked", () => {
  history.replaceState(null, "", "/events?type=AID&at=aid&pick=goma&lang=fr");
  const stop = follow();
  expect([narrowing.value.facets.type, chosen.value, picked.value]).toEqual([["AID"], "aid", ["goma"]]);
  const steps = history.length;
  toggle("countries", "CD");
  expect(new URLSearchParams(location.search).getAll("countries")).toEqual(["CD"]);
  expect(history.length).toBe(steps + 1);
  for (const words of ["z", "za", "zab"]) narrowing.value = { ...narrowing.value, words };
  // three letters are one step
  expect(history.length).toBe(steps + 2);
  expect(new URLSearchParams(location.search).get("lang")).toBe("fr");
  history.replaceState(null, "", "/events?independent=3");
  dispatchEvent(new Event("popstate"));
  expect([narrowing.value.independent, chosen.value, picked.value]).toEqual([3, null, []]);
  stop();
  narrowing.value = NOTHING;
});
