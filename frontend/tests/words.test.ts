import { beforeEach, expect, test } from "vitest";
import { counts, setPhrases, t, word } from "../src/words";

beforeEach(() => setPhrases({ "plural.one": "1", "n.one": "1 claim", "n.many": "{count} claims", plain: "a {x} b", "type.AID": "aid" }));
test("one and many", () => { expect(t("n", { count: 1 })).toBe("1 claim"); expect(t("n", { count: 0 })).toBe("0 claims"); });
test("values are put in, a blank nobody fills stays", () => { expect(t("plain", { x: "$&" })).toBe("a $& b"); expect(t("plain")).toBe("a {x} b"); });
test("a value without a word is itself", () => { expect(word("type", "AID")).toBe("aid"); expect(word("type", "NEW")).toBe("NEW"); expect(word("type", null)).toBe(""); });
test.each([["0-1", 0, true], ["0-1", 2, false], ["3-10%100", 104, true], ["3-10%100", 11, false], ["2", 2, true], ["", 1, false]])("plural %s of %d: %s", (rule, count, is) => {
  expect(counts(rule, count)).toBe(is);
});
test("the forms that a language has are used, the rest are many", () => {
  setPhrases({ "plural.one": "1", "plural.two": "2", "plural.few": "3-10%100", "n.one": "w", "n.few": "{count} f", "n.many": "{count} m" });
  expect([1, 2, 3, 11, 110, 111].map((count) => t("n", { count }))).toEqual(["w", "2 m", "3 f", "11 m", "110 f", "111 m"]);
});
