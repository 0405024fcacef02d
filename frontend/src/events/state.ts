// What is shown and what is chosen, shared by the list, the map, the timeline and the dossier (selecting.py means the same by an address).
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
/** Events ticked for a dossier of their own. */
export const picked = signal<string[]>([]);

const DAY = 86_400_000;
const order = new Intl.Collator();
// A brush open on one side reaches as far as dates are written with four figures.
const [EARLIEST, LATEST] = [-719_528 + 366, 2_932_896];

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

const chooses = (event: Drawn, by: Narrowing, facet: Facet): boolean => {
  const wanted = by.facets[facet];
  return !wanted?.length || values(event, facet).some((value) => wanted.includes(value));
};

/** Whether an event is left by all but the facets; ``days`` false leaves the days out too. */
function left_(event: Drawn, by: Narrowing, days = true): boolean {
  if (event.independent < by.independent || (by.contradicted && event.contradictions === 0)) return false;
  if (by.days && days) {
    const there = span(event, by.days.lane);
    if (!there || there[1] < by.days.from || there[0] > by.days.to) return false;
  }
  return !by.words || `${event.title} ${event.places.join(" ")} ${event.actors.join(" ")}`.toLocaleLowerCase().includes(by.words);
}

/** Whether an event is left; ``but`` leaves the days out, so that the timeline shows what other days would bring. */
export function left(event: Drawn, by: Narrowing, but?: "days"): boolean {
  return left_(event, by, but !== "days") && FACETS.every((facet) => chooses(event, by, facet));
}

export const shown = computed(() => events.value.filter((event) => left(event, narrowing.value)));
export const fitting = computed(() => events.value.filter((event) => left(event, narrowing.value, "days")));

/** The chosen event, where it is among those shown. */
export const current = computed(() => shown.value.find((event) => event.id === chosen.value) ?? null);

/** How many events each value would leave, by facet: of its own facet the choice is left aside. One pass over the events for all. */
const tallies = computed(() => {
  const by = narrowing.value;
  const found = Object.fromEntries(FACETS.map((facet) => [facet, new Map<string, number>()])) as Record<Facet, Map<string, number>>;
  for (const event of events.value) {
    if (!left_(event, by)) continue;
    const against = FACETS.filter((facet) => !chooses(event, by, facet));
    if (against.length > 1) continue;
    for (const facet of against.length ? against : FACETS) {
      for (const value of values(event, facet)) found[facet].set(value, (found[facet].get(value) ?? 0) + 1);
    }
  }
  return found;
});

/** Every value of a facet with the number of events it would leave, the commonest first. */
export function counted(facet: Facet): [string, number][] {
  const counts = new Map(tallies.value[facet]);
  for (const value of narrowing.value.facets[facet] ?? []) counts.set(value, counts.get(value) ?? 0);
  return [...counts].sort((a, b) => b[1] - a[1] || order.compare(a[0], b[0]));
}

export function toggle(facet: Facet, value: string): void {
  const before = narrowing.value.facets[facet] ?? [];
  const after = before.includes(value) ? before.filter((each) => each !== value) : [...before, value];
  narrowing.value = { ...narrowing.value, facets: { ...narrowing.value.facets, [facet]: after } };
}

/** The events whose days in a lane hold a day, the next one after ``chosen`` first: clicking again goes round. */
export function on(lane: Lane, of: number): Drawn | null {
  const there = fitting.value.filter((event) => {
    const days = span(event, lane);
    return days !== null && days[0] <= of && of <= days[1];
  });
  const at = there.findIndex((event) => event.id === chosen.value);
  return there[(at + 1) % there.length] ?? null;
}

/** What is asked, as an address has it: the server understands the same names. */
export function query(by: Narrowing): URLSearchParams {
  const asked = new URLSearchParams();
  for (const facet of FACETS) for (const value of by.facets[facet] ?? []) asked.append(facet, value);
  if (by.independent) asked.set("independent", String(by.independent));
  if (by.contradicted) asked.set("contradicted", "true");
  if (by.days) {
    asked.set("lane", by.days.lane);
    asked.set("from", iso(by.days.from));
    asked.set("to", iso(by.days.to));
  }
  if (by.words) asked.set("words", by.words);
  return asked;
}

/** What an address asks; what it does not understand is as if it were not there. */
export function narrowed(asked: URLSearchParams): Narrowing {
  const facets: Narrowing["facets"] = {};
  for (const facet of FACETS) if (asked.has(facet)) facets[facet] = asked.getAll(facet);
  const lane: Lane = asked.get("lane") === "reported" ? "reported" : "happened";
  const [from, to] = [day(asked.get("from")), day(asked.get("to"))];
  const found: Narrowing = {
    facets, independent: Math.max(0, Number(asked.get("independent")) || 0), contradicted: asked.get("contradicted") === "true",
    days: from === null && to === null ? null : { lane, from: from ?? EARLIEST, to: to ?? LATEST }, words: (asked.get("words") ?? "").toLocaleLowerCase(),
  };
  return query(found).size ? found : NOTHING;
}
