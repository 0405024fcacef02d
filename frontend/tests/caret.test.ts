// Words as the keyboard goes through them: with elisions parted, Arabic whole, and no walk through a line of a million signs.
import { expect, test } from "vitest";
import { beside, pieces } from "../src/review/caret";

const words = (text: string): string[] => pieces(text, 0, text.length).map((each) => text.slice(each.from, each.to));

test.each([
  ["L'armée a dit : « non ».", ["L", "'", "armée", "a", "dit", ":", "«", "non", "»", "."]],
  ["Jean-Paul, 1 200 morts", ["Jean", "-", "Paul", ",", "1", "200", "morts"]],
  ["قُتِلَ ثلاثة جنود، اليوم", ["قُتِلَ", "ثلاثة", "جنود", "،", "اليوم"]],
  ["un 😀 deux", ["un", "😀", "deux"]],
])("%s", (text, expected) => expect(words(text)).toEqual(expected));

test("a word is whole wherever within it one begins to look", () => {
  expect(pieces("un soldat", 5, 6)).toEqual([{ from: 3, to: 9 }]);
});
test("beside a place is the next word, or the one before, across empty lines and long blanks", () => {
  const text = `un${" ".repeat(5000)}deux`;
  expect(beside(text, 2, 1)).toEqual({ from: 5002, to: 5006 });
  expect(beside(text, 5002, -1)).toEqual({ from: 0, to: 2 });
  expect(beside(text, 5006, 1)).toBeNull();
  expect(beside(text, 0, -1)).toBeNull();
  expect(beside("", 0, 1)).toBeNull();
});
test("a word longer than what is looked at is taken in whole pieces, never lost", () => {
  const text = `${"a".repeat(3000)} fin`;
  expect(beside(text, 0, 1)?.from).toBe(0);
});
