import { describe, expect, test } from "vitest";
import { Offsets } from "../src/offsets";

const TEXTS = ["", "plain", "l'armée", "a😀b", "😀😀", "ارتفاع 11 شهيداً", "𐎀 x 👩‍👩‍👧 y", "e\u0301 \u202eabc\u202c"];

describe("offsets", () => {
  test.each(TEXTS)("every code point of %j comes back from its units", (text) => {
    const offsets = new Offsets(text);
    const points = Array.from(text);
    expect(offsets.length).toBe(points.length);
    for (let n = 0; n <= points.length; n += 1) {
      expect(offsets.toUnits(n)).toBe(points.slice(0, n).join("").length);
      expect(offsets.toPoints(offsets.toUnits(n))).toBe(n);
    }
  });
  test("a slice by code points is the words Python sees", () => {
    const text = "😀 Selon l'armée 😀, sept morts";
    const offsets = new Offsets(text);
    // in Python: text[19:23] == 'sept'
    expect(text.slice(offsets.toUnits(19), offsets.toUnits(23))).toBe("sept");
  });
  test("within a pair it is before the pair", () => {
    expect(new Offsets("a😀b").toPoints(2)).toBe(1);
  });
  test("beyond the text it is its end", () => {
    expect(new Offsets("a😀b").toUnits(99)).toBe(4);
    expect(new Offsets("a😀b").toUnits(-1)).toBe(0);
    expect(new Offsets("ab").toPoints(99)).toBe(2);
  });
});
