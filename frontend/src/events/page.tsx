// Events: facets, list, map and timeline over one selection.
import { effect, useSignal } from "@preact/signals";
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ask } from "../send";
import { follow } from "./address";
import { t, word } from "../words";
import { EventMap } from "./map";
import { type Drawn, type Facet, FACETS, NOTHING, chosen, counted, current, events, narrowing, picked, query, shown, toggle } from "./state";
import { Timeline } from "./timeline";

const AT_ONCE = 60;
// Values of a facet that are listed, and how many more the button brings.
const FEW = 12;
const MANY = 50;
let most = 100;

const roomy = matchMedia("(min-width: 52rem)").matches;
const regions = new Intl.DisplayNames([document.documentElement.lang || "en"], { type: "region", fallback: "code" });

function called(facet: Facet, value: string): string {
  if (facet === "type") return word("type", value);
  return facet === "countries" && /^[A-Z]{2}$/.test(value) ? regions.of(value) ?? value : value;
}

function FacetBox({ facet }: { facet: Facet }) {
  const many = useSignal(FEW);
  const list = useRef<HTMLUListElement>(null);
  const found = counted(facet);
  if (!found.length) return null;
  const more = (): void => {
    const first = many.value;
    many.value += MANY;
    // who goes by keyboard goes on where the list goes on
    setTimeout(() => list.current?.children[first]?.querySelector("input")?.focus());
  };
  return (
    <details open={roomy && facet !== "outlets" && facet !== "places"}>
      <summary>{t(`facet.${facet}`)}</summary>
      <ul ref={list}>
        {found.slice(0, many.value).map(([value, count]) => (
          <li key={value}><label>
            <input type="checkbox" checked={narrowing.value.facets[facet]?.includes(value) ?? false} onChange={() => toggle(facet, value)} />
            <bdi>{called(facet, value)}</bdi> <span class="count">{count}</span>
          </label></li>
        ))}
      </ul>
      {found.length > many.value && <button type="button" class="more" onClick={more}>{t("events.more", { count: found.length - many.value })}</button>}
    </details>
  );
}

function Facets() {
  const by = narrowing.value;
  return (
    <aside aria-label={t("claims.narrow")}>
      <label>{t("events.words")}<input type="search" dir="auto" value={by.words} onInput={(event) => { narrowing.value = { ...narrowing.value, words: event.currentTarget.value.toLocaleLowerCase() }; }} /></label>
      {FACETS.map((facet) => <FacetBox key={facet} facet={facet} />)}
      <label>{t("events.at_least")}<select value={by.independent} onChange={(event) => { narrowing.value = { ...narrowing.value, independent: Number(event.currentTarget.value) }; }}>
        {[0, 2, 3, 5].map((count) => <option key={count} value={count}>{count === 0 ? t("events.any") : t("event.independent", { count })}</option>)}
      </select></label>
      <label class="check"><input type="checkbox" checked={by.contradicted} onChange={(event) => { narrowing.value = { ...narrowing.value, contradicted: event.currentTarget.checked }; }} /> {t("events.contradicted")}</label>
      {by !== NOTHING && <button type="button" onClick={() => { narrowing.value = NOTHING; }}>{t("events.clear")}</button>}
    </aside>
  );
}

export function when(event: Drawn): string {
  if (!event.earliest && !event.latest) return t("unknown.date");
  return event.earliest === event.latest ? event.earliest ?? "" : `${event.earliest ?? "…"} – ${event.latest ?? "…"}`;
}

function Row({ event }: { event: Drawn }) {
  const current = chosen.value === event.id;
  const tick = (): void => { picked.value = picked.value.includes(event.id) ? picked.value.filter((each) => each !== event.id) : [...picked.value, event.id]; };
  return (
    <li id={`event-${event.id}`} class={current ? "current" : ""} aria-current={current ? "true" : undefined}>
      <span class="hands">
        <input type="checkbox" class="pick" checked={picked.value.includes(event.id)} onChange={tick} aria-label={`${t("events.pick")}: ${event.title}`} title={t("events.pick")} />
        <button type="button" class="plain" aria-pressed={current} onClick={() => { chosen.value = current ? null : event.id; }} title={t("events.show")}>⌖<span class="hidden">{t("events.show")}</span></button>
      </span>
      <a href={`/events/${event.id}`}><bdi>{event.title}</bdi></a>
      <span class="meta">
        {event.type && `${word("type", event.type)} · `}{event.places.length ? event.places.map((place, n) => <span key={place}>{n > 0 && t("app.comma")}<bdi>{place}</bdi></span>) : t("unknown.point")} · <bdi>{when(event)}</bdi> · {t("event.reports", { count: event.reports })}{t("app.comma")}{t("event.independent", { count: event.independent })}
        {event.contradictions > 0 && <strong class="negative"> · {t("event.contradictions", { count: event.contradictions })}</strong>}
      </span>
    </li>
  );
}

/** The dossier of what is ticked, else of all that is shown. */
function Dossier() {
  const found = shown.value;
  const asked = picked.value.length ? new URLSearchParams(picked.value.map((id) => ["event", id])) : query(narrowing.value);
  const count = picked.value.length || found.length;
  const language = document.documentElement.lang;
  asked.set("lang", language);
  if (count === 0) return null;
  if (count > most) return <p class="meta">{t("events.too_many", { most })}</p>;
  return (
    <p class="dossier">
      <a class="button" href={`/dossier.html?${asked}`} download>{t(picked.value.length ? "events.dossier_picked" : "events.dossier", { count })}</a>{" "}
      <a href={`/dossier.md?${asked}`} download>Markdown</a>{" "}
      {picked.value.length > 0 && <button type="button" onClick={() => { picked.value = []; }}>{t("events.unpick")}</button>}
    </p>
  );
}

function List() {
  const many = useSignal(AT_ONCE);
  const found = shown.value;
  const first = found.slice(0, many.value);
  // what was chosen on the map stands in the list, however far down it would be
  const ahead = current.value && !first.includes(current.value) ? [current.value] : [];
  return (
    <section aria-label={t("nav.events")}>
      <p class="meta" role="status">{t("events.shown", { count: found.length, of: events.value.length })}</p>
      <Dossier />
      <ul class="rows events">{[...ahead, ...first].map((event) => <Row key={event.id} event={event} />)}</ul>
      {found.length > many.value && <button type="button" onClick={() => { many.value += AT_ONCE; }}>{t("app.more")}</button>}
      {found.length === 0 && <p class="empty">{t("events.none")}</p>}
    </section>
  );
}

function Map() {
  const at = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!at.current) return;
    const map = new EventMap(at.current, (id) => { chosen.value = id; }, t("map.title"));
    void map.ground();
    const stop = [
      effect(() => map.draw(shown.value)),
      effect(() => { if (chosen.value) map.mark(chosen.value, shown.peek()); }),
    ];
    return () => stop.forEach((each) => each());
  }, []);
  return <div class="map" ref={at} dir="ltr" />;
}

function Page() {
  return (
    <>
      <Timeline />
      <div class="faceted wide">
        <Facets />
        <List />
        <Map />
      </div>
    </>
  );
}

export async function start(at: HTMLElement): Promise<void> {
  at.textContent = t("events.loading");
  most = Number(at.dataset["most"] ?? most);
  const began = performance.now();
  events.value = await ask<Drawn[]>("/api/events");
  document.getElementById("plain")?.remove();
  at.textContent = "";
  follow();
  render(<Page />, at);
  at.dataset["drawn"] = String(Math.round(performance.now() - began));
  effect(() => {
    if (chosen.value) document.getElementById(`event-${chosen.value}`)?.scrollIntoView({ block: "nearest" });
  });
}
