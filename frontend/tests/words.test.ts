import { beforeEach, expect, test } from "vitest";
import { setPhrases, t, word } from "../src/words";

beforeEach(() => setPhrases({ "n.one": "1 claim", "n.many": "{count} claims", plain: "a {x} b", "type.AID": "aid" }));
test("one and many", () => { expect(t("n", { count: 1 })).toBe("1 claim"); expect(t("n", { count: 0 })).toBe("0 claims"); });
test("values are put in, a blank nobody fills stays", () => { expect(t("plain", { x: "$&" })).toBe("a $& b"); expect(t("plain")).toBe("a {x} b"); });
test("a value without a word is itself", () => { expect(word("type", "AID")).toBe("aid"); expect(word("type", "NEW")).toBe("NEW"); expect(word("type", null)).toBe(""); });
