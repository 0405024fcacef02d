// Which borders are drawn through, and which as disputed: Natural Earth's own lines where it has them, ours where it has none.
import { mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import disputed from "./disputed.json";

export type World = Topology<{ countries: GeometryCollection<{ name: string }>; land: GeometryCollection }>;
type Points = [number, number][];
type Box = [number, number, number, number];
export interface Contested { name: string; lines: Points[] }

const key = (one: string, other: string): string => [one, other].sort().join("|");
const inside = ([x, y]: [number, number], boxes: Box[]): boolean => boxes.some(([west, south, east, north]) => x >= west && x <= east && y >= south && y <= north);

/** Cut lines where they enter or leave boxes: the pieces within, and those without. Each piece begins where the last one ended. */
export function cut(lines: Points[], boxes: Box[]): { within: Points[]; without: Points[] } {
  const found = { within: [] as Points[], without: [] as Points[] };
  for (const line of lines) {
    let piece: Points = [];
    let held: boolean | null = null;
    for (const point of line) {
      const now = inside(point, boxes);
      if (held !== null && now !== held) {
        piece.push(point);
        found[held ? "within" : "without"].push(piece);
        piece = [];
      }
      piece.push(point);
      held = now;
    }
    if (piece.length > 1) found[held ? "within" : "without"].push(piece);
  }
  return found;
}

export function borders(world: World): { settled: Points[]; contested: Contested[] } {
  const all = world.objects.countries.geometries;
  const pairs = new Set(disputed.borders.map(({ of }) => key(of[0]!, of[1]!)));
  const nameOf = (shape: unknown): string => (shape as { properties?: { name?: string } }).properties?.name ?? "";
  const settled = mesh(world, world.objects.countries, (a, b) => a !== b && !pairs.has(key(nameOf(a), nameOf(b)))).coordinates as Points[];
  const contested: Contested[] = disputed.lines.map(({ name, at }) => ({ name, lines: [at as Points] }));
  for (const { of, name, within } of disputed.borders as { of: string[]; name: string; within?: Box[] }[]) {
    // of the two alone: a pass over two shapes, not over the world
    const two = { type: "GeometryCollection" as const, geometries: all.filter((each) => of.includes(nameOf(each))) };
    const lines = mesh(world, two, (a, b) => a !== b).coordinates as Points[];
    const parts = within ? cut(lines, within) : { within: lines, without: [] };
    settled.push(...parts.without);
    contested.push({ name, lines: parts.within });
  }
  return { settled, contested };
}

/** A ring over the antimeridian goes on beyond 180 degrees: else it would be drawn right across the map. */
export function unbroken(ring: Points): Points {
  let turn = 0;
  return ring.map(([x, y], n) => {
    const before = n > 0 ? ring[n - 1]![0] : x;
    if (x - before > 180) turn -= 360;
    if (before - x > 180) turn += 360;
    return [x + turn, y];
  });
}
