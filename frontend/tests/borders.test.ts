import { expect, test } from "vitest";
import atlas from "world-atlas/countries-50m.json?raw";
import { type World, borders, cut, unbroken } from "../src/events/borders";
import disputed from "../src/events/disputed.json";

const world = JSON.parse(atlas) as World;

test("every disputed border is one that Natural Earth has, with points of it in its boxes", () => {
  for (const { name, lines } of borders(world).contested) expect(lines.flat().length, name).toBeGreaterThan(1);
});
test("no disputed border is drawn through as well", () => {
  const { settled, contested } = borders(world);
  const through = new Set(settled.flatMap((line) => line.slice(1).map((point, n) => `${line[n]};${point}`)));
  for (const { name, lines } of contested) {
    for (const line of lines) line.slice(1).forEach((point, n) => expect(through.has(`${line[n]};${point}`), name).toBe(false));
  }
});
test("a line is cut at its boxes without losing a piece", () => {
  const line: [number, number][] = [[0, 0], [1, 0], [2, 0], [3, 0], [4, 0]];
  expect(cut([line], [[1.5, -1, 3.5, 1]])).toEqual({
    within: [[[2, 0], [3, 0], [4, 0]]], without: [[[0, 0], [1, 0], [2, 0]]],
  });
});
test("our own lines are on the globe and named", () => {
  for (const { name, at } of disputed.lines) {
    expect(name).not.toBe("");
    for (const [x, y] of at) { expect(Math.abs(x!)).toBeLessThanOrEqual(180); expect(Math.abs(y!)).toBeLessThanOrEqual(90); }
  }
});
test("a ring over the antimeridian is not drawn across the map", () => {
  expect(unbroken([[179, -17], [-179, -17], [-179, -16], [179, -17]])).toEqual([[179, -17], [181, -17], [181, -16], [179, -17]]);
  expect(unbroken([[1, 2], [3, 4]])).toEqual([[1, 2], [3, 4]]);
});
