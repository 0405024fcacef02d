// What is shown and what is chosen, shared by the list, the map and the timeline.
import { computed, signal } from "@preact/signals";

export interface Drawn {
  id: string; title: string; type: string | null; earliest: string | null; latest: string | null; reported: string[];
  points: [number, number, number, string][]; places: string[]; countries: string[]; actors: string[]; outlets: string[];
  reports: number; independent: number; contradictions: number; language: string; disputed: boolean;
}

export const FACETS = ["type", "actors", "countries", "places", "outlets"] as const;
export type Facet = (typeof FACETS)[number];
export const TIMES = ["happened", "reported"] as const;
export type Lane = (typeof TIMES)[number];
export interface Narrowing {
  facets: Partial<Record<Facet, string[]>>;
  /** Only events with at least so many independent sources. */
  independent: number;
  contradicted: boolean;
  /** Days since 1970, first and last, in one lane. */
  days: { lane: Lane; from: number; to: number } | null;
  words: string;
}

export const NOTHING: Narrowing = { facets: {}, independent: 0, contradicted: false, days: null, words: "" };
export const events = signal<Drawn[]>([]);
export const narrowing = signal<Narrowing>(NOTHING);
export const chosen = signal<string | null>(null);

const DAY = 86_400_000;

export function day(iso: string | null | undefined): number | null {
  if (!iso) return null;
  const time = Date.parse(iso.slice(0, 10));
  return Number.isNaN(time) ? null : Math.round(time / DAY);
}

export function iso(of: number): string {
  return new Date(of * DAY).toISOString().slice(0, 10);
}

/** First and last day of an event in a lane, null where nobody says. */
export function span(event: Drawn, lane: Lane): [number, number] | null {
  if (lane === "happened") {
    const [from, to] = [day(event.earliest), day(event.latest)];
    return from === null && to === null ? null : [from ?? to!, to ?? from!];
  }
  const days = event.reported.map(day).filter((each): each is number => each !== null);
  return days.length ? [Math.min(...days), Math.max(...days)] : null;
}

export function values(event: Drawn, facet: Facet): string[] {
  if (facet === "type") return event.type ? [event.type] : [];
  return event[facet];
}

/** Whether an event is left; ``but`` leaves one facet out, to count what its values would leave. */
export function left(event: Drawn, by: Narrowing, but?: Facet | "days"): boolean {
  for (const facet of FACETS) {
    const wanted = by.facets[facet];
    if (facet !== but && wanted?.length && !values(event, facet).some((value) => wanted.includes(value))) return false;
  }
  if (event.independent < by.independent || (by.contradicted && event.contradictions === 0)) return false;
  if (by.days && but !== "days") {
    const days = span(event, by.days.lane);
    if (!days || days[1] < by.days.from || days[0] > by.days.to) return false;
  }
  return !by.words || `${event.title} ${event.places.join(" ")} ${event.actors.join(" ")}`.toLocaleLowerCase().includes(by.words);
}

export const shown = computed(() => events.value.filter((event) => left(event, narrowing.value)));
export const fitting = computed(() => events.value.filter((event) => left(event, narrowing.value, "days")));

export function counted(facet: Facet, limit = 12): [string, number][] {
  const counts = new Map<string, number>();
  for (const event of events.value) {
    if (!left(event, narrowing.value, facet)) continue;
    for (const value of values(event, facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  for (const value of narrowing.value.facets[facet] ?? []) counts.set(value, counts.get(value) ?? 0);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, limit);
}

export function toggle(facet: Facet, value: string): void {
  const before = narrowing.value.facets[facet] ?? [];
  const after = before.includes(value) ? before.filter((each) => each !== value) : [...before, value];
  narrowing.value = { ...narrowing.value, facets: { ...narrowing.value.facets, [facet]: after } };
}
