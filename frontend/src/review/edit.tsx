// Correcting one claim: every field by its words in the text, its value beside them. Each change is a judgement of its own.
import { useSignal } from "@preact/signals";
import type { Claim, Entity, Mention, Place, Quantity, Span, Time } from "../records";
import { ask } from "../send";
import { t, word } from "../words";
import type { Wanted } from "./point";
import { choices, correct, current, trouble } from "./queue";

type Field = "actors" | "recipients" | "places" | "times" | "quantities";
interface Candidate { name: string; lat: number; lon: number; country: string; precision: number; score: number; kind: string; identifier: string; disputed: string }

/** Gives the words that are selected in the text, else those that a person then chooses there, from `from` on. */
export type Take = (field: string, from: Span | null, taken: (span: Span) => void) => void;
/** Lets a person pick a point on the map. */
export type Pick = (wanted: Wanted) => void;
interface Tools { take: Take; pick: Pick }

interface TypedProps { label: string; said?: boolean; value: string; set: (value: string) => Promise<boolean>; type?: "text" | "date" | "number"; min?: number; max?: number }

/** A field to type into. What was typed stays until it is kept, whatever the server says. */
function Typed({ label, said, value, set, type = "text", min, max }: TypedProps) {
  const draft = useSignal<string | null>(null);
  const change = (): void => {
    const typed = draft.value;
    if (typed === null || typed === value) { draft.value = null; return; }
    void set(typed).then((kept) => { if (kept && draft.value === typed) draft.value = null; });
  };
  return (
    <label class="inline"><span class={said ? "" : "hidden"}>{label}</span>
      <input type={type as "text"} class={type === "number" ? "number" : ""} step={type === "number" ? "any" : undefined} min={min} max={max} dir={type === "text" ? "auto" : "ltr"} placeholder={said || type !== "text" ? undefined : label} value={draft.value ?? value} onInput={(event) => { draft.value = event.currentTarget.value; }} onChange={change} />
    </label>
  );
}

interface ChosenProps { label: string; said?: boolean; value: string | null | undefined; options: string[]; group: string; none?: boolean; set: (value: string) => Promise<boolean> }

function Chosen({ label, said, value, options, group, none, set }: ChosenProps) {
  const draft = useSignal<string | null>(null);
  const change = (chosen: string): void => {
    draft.value = chosen;
    void set(chosen).then((kept) => { if (kept) draft.value = null; });
  };
  return (
    <label class={said ? "" : "inline"}><span class={said ? "" : "hidden"}>{label}</span>
      <select value={draft.value ?? value ?? ""} onChange={(event) => change(event.currentTarget.value)}>
        {none && <option value="">{t("unknown.field")}</option>}
        {options.map((each) => <option key={each} value={each}>{word(group, each)}</option>)}
      </select>
    </label>
  );
}

/** What is at a path now with some of it changed: what was changed since it was drawn stays changed. */
const changed = <T extends object>(path: string, change: (now: T) => Partial<T>): Promise<boolean> =>
  correct(path, (now) => ({ ...(now as T), ...change(now as T) }));
/** A number as it was typed, null where nothing was. What is none is the server's to refuse. */
const number = (text: string): number | string | null => (text.trim() === "" ? null : Number.isNaN(Number(text)) ? text : Number(text));

function Words({ mention, path, name, take }: { mention: Mention; path: string; name: string; take: Take }) {
  return (
    <>
      <bdi class="words">{mention.exact}</bdi>
      <button type="button" onClick={() => take(name, mention, (span) => void changed<Mention>(path, () => ({ ...span, by: "", basis: "stated", reason: "" })))} title={t("edit.use_selection")}>{t("edit.use")}</button>
      <button type="button" onClick={() => void correct(path, () => null)} title={t("edit.remove")}>×<span class="hidden">{t("edit.remove")}</span></button>
    </>
  );
}

function Candidates({ rows, choose }: { rows: Candidate[]; choose: (chosen: Candidate) => void }) {
  if (rows.length === 0) return <p class="empty">{t("edit.no_candidate")}</p>;
  return (
    <ul class="candidates">
      {rows.map((each) => (
        <li key={`${each.lat},${each.lon}`}><button type="button" onClick={() => choose(each)}>
          <bdi>{each.name}</bdi> (<bdi>{each.country}</bdi>) <span class="meta"><bdi dir="ltr">{each.lat.toFixed(2)}, {each.lon.toFixed(2)}</bdi> · {each.score.toFixed(2)}</span>
        </button></li>
      ))}
    </ul>
  );
}

/** Latitude and longitude: kept once both are typed, for one alone is no place. */
function Point({ place, put }: { place: Place; put: (lat: number | string | null, lon: number | string | null) => Promise<boolean> }) {
  const lat = useSignal<string | null>(null);
  const lon = useSignal<string | null>(null);
  const was = [place.lat?.toString() ?? "", place.lon?.toString() ?? ""] as const;
  const change = (): void => {
    const now = [(lat.value ?? was[0]).trim(), (lon.value ?? was[1]).trim()] as const;
    if ((now[0] === "") !== (now[1] === "") || (now[0] === was[0] && now[1] === was[1])) return;
    void put(number(now[0]), number(now[1])).then((kept) => { if (kept) lat.value = lon.value = null; });
  };
  const field = (label: string, draft: typeof lat, value: string, most: number) => (
    <label class="inline">{label} <input type="number" class="number" step="any" min={-most} max={most} dir="ltr" value={draft.value ?? value} onInput={(event) => { draft.value = event.currentTarget.value; }} onChange={change} /></label>
  );
  return <>{field(t("edit.lat"), lat, was[0], 90)}{field(t("edit.lon"), lon, was[1], 180)}</>;
}

function PlaceEditor({ place, path, take, pick }: { place: Place; path: string } & Tools) {
  const found = useSignal<Candidate[] | null>(null);
  const name = place.name ?? place.exact;
  const put = (lat: number | string | null, lon: number | string | null): Promise<boolean> => changed<Place>(path, () => ({ lat, lon, identifier: null }) as Partial<Place>);
  const search = (): void => void ask<Candidate[]>(`/api/places?name=${encodeURIComponent(name)}`).then((rows) => { found.value = rows; }, (error: Error) => { trouble.value = error.message; });
  const choose = ({ name, lat, lon, country, precision, identifier, disputed }: Candidate): void => void changed<Place>(path, () => ({ name, lat, lon, country: country || null, precision, identifier: identifier || null, disputed: disputed || null })).then((kept) => { if (kept) found.value = null; });
  const round = (degrees: number): number => Math.round(degrees * 1e4) / 1e4;
  return (
    <li>
      <Words mention={place} path={path} name={t("field.edit.places")} take={take} />
      <Typed label={t("edit.place_name")} value={name} set={(typed) => changed<Place>(path, () => ({ name: typed || null }))} />
      <button type="button" onClick={search}>{t("edit.candidates")}</button>
      <button type="button" onClick={() => pick({ at: place.lat != null && place.lon != null ? [place.lat, place.lon] : null, take: (lat, lon) => void put(round(lat), round(lon)) })}>{t("edit.pick")}</button>
      <Point place={place} put={put} />
      {place.lat == null && <span class="meta">{t("unknown.point")}</span>}
      {found.value && <Candidates rows={found.value} choose={choose} />}
    </li>
  );
}

function EntityEditor({ entity, path, name, take }: { entity: Entity; path: string; name: string; take: Take }) {
  return (
    <li>
      <Words mention={entity} path={path} name={name} take={take} />
      <Typed label={t("edit.name")} value={entity.name ?? ""} set={(typed) => changed<Entity>(path, () => ({ name: typed || null }))} />
      <Chosen label={t("edit.kind")} value={entity.kind ?? "person"} options={choices.value?.entities ?? []} group="entity" set={(kind) => changed<Entity>(path, () => ({ kind }))} />
    </li>
  );
}

function TimeEditor({ time, path, take }: { time: Time; path: string; take: Take }) {
  const set = (change: Partial<Time>): Promise<boolean> => changed<Time>(path, (now) => {
    const after = { ...now, ...change };
    const known = Boolean(after.earliest ?? after.latest);
    return { ...change, anchored: known, anchor: known ? "user" : null };
  });
  return (
    <li>
      <Words mention={time} path={path} name={t("field.edit.times")} take={take} />
      <Typed said label={t("timeline.from")} type="date" value={time.earliest ?? ""} set={(typed) => set({ earliest: typed || null })} />
      <Typed said label={t("timeline.to")} type="date" value={time.latest ?? ""} set={(typed) => set({ latest: typed || null })} />
    </li>
  );
}

function QuantityEditor({ quantity, path, take }: { quantity: Quantity; path: string; take: Take }) {
  return (
    <li>
      <Words mention={quantity} path={path} name={t("field.edit.quantities")} take={take} />
      {(["low", "best", "high"] as const).map((name) => (
        <Typed key={name} said label={t(`edit.${name}`)} type="number" min={0} value={quantity[name]?.toString() ?? ""} set={(typed) => changed<Quantity>(path, () => ({ [name]: number(typed) }))} />
      ))}
      <Chosen label={t("edit.kind")} value={quantity.kind ?? "other"} options={choices.value?.kinds ?? []} group="quantity" set={(kind) => changed<Quantity>(path, () => ({ kind }))} />
    </li>
  );
}

function Several({ field, claim, take, pick }: { field: Field; claim: Claim } & Tools) {
  const rows = claim[field] ?? [];
  const name = t(`field.edit.${field}`);
  return (
    <fieldset>
      <legend>{name}</legend>
      <ul>
        {rows.map((each, n) => {
          const path = `${field}.${n}`;
          const key = `${path}:${each.start}:${each.end}`;
          if (field === "places") return <PlaceEditor key={key} place={each} path={path} take={take} pick={pick} />;
          if (field === "times") return <TimeEditor key={key} time={each} path={path} take={take} />;
          if (field === "quantities") return <QuantityEditor key={key} quantity={each} path={path} take={take} />;
          return <EntityEditor key={key} entity={each} path={path} name={name} take={take} />;
        })}
      </ul>
      <button type="button" onClick={() => take(name, null, (span) => void correct((now) => `${field}.${now[field]?.length ?? 0}`, () => span))}>{t("edit.add_selection")}</button>
    </fieldset>
  );
}

export function Edit({ take, pick }: Tools) {
  const row = current.value;
  const known = choices.value;
  if (!row || !known) return null;
  const claim = row.claim;
  const whole = (field: string, label: string, value: string | null | undefined, options: string[], group: string, none = false) =>
    <Chosen said none={none} label={label} value={value} options={options} group={group} set={(chosen) => correct(field, () => chosen || null)} />;
  return (
    <section class="edit" aria-label={t("key.edit")}>
      <p class="meta">{t("edit.how")}</p>
      <div class="row">
        {whole("type", t("field.edit.type"), claim.type, known.types, "type", true)}
        {whole("polarity", t("field.edit.polarity"), claim.polarity ?? "positive", ["positive", "negative"], "polarity")}
        {whole("certainty", t("field.edit.certainty"), claim.certainty ?? "certain", known.certainties, "certainty")}
        {whole("status", t("field.edit.status"), claim.status ?? "happened", known.statuses, "status")}
      </div>
      <fieldset><legend>{t("edit.spans")}</legend>
        <bdi class="words">{claim.trigger?.exact ?? t("unknown.field")}</bdi> <button type="button" onClick={() => take(t("field.edit.trigger"), claim.trigger ?? null, (span) => void correct("trigger", () => span))}>{t("edit.trigger")}</button>
        <button type="button" onClick={() => take(t("edit.content"), claim.content, (span) => void correct("content", () => span))}>{t("edit.content")}</button>
      </fieldset>
      {(["actors", "recipients", "places", "times", "quantities"] as const).map((field) => <Several key={field} field={field} claim={claim} take={take} pick={pick} />)}
    </section>
  );
}
