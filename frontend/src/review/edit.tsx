// Correcting one claim: every field by its words in the text, its value beside them. Each change is a judgement of its own.
import { useSignal } from "@preact/signals";
import type { Claim, Entity, Mention, Place, Quantity, Span, Time } from "../records";
import { ask } from "../send";
import { t, word } from "../words";
import { choices, correct, current } from "./queue";

type Field = "actors" | "recipients" | "places" | "times" | "quantities";
interface Candidate { name: string; lat: number; lon: number; country: string; precision: number; score: number; kind: string }

/** Words selected in the text, given by the page; null where none are. */
export type Selected = () => Span | null;
/** Lets a person pick a point on the map. */
export type Pick = (picked: (lat: number, lon: number) => void) => void;

function Choice({ field, value, options, group }: { field: string; value: string | null | undefined; options: string[]; group: string }) {
  return (
    <label>{t(`field.edit.${field}`)}
      <select value={value ?? ""} onChange={(event) => void correct(field, event.currentTarget.value || null)}>
        {field === "type" && <option value="">{t("unknown.field")}</option>}
        {options.map((each) => <option key={each} value={each}>{word(group, each)}</option>)}
      </select>
    </label>
  );
}

function Words({ mention, path, selected }: { mention: Mention; path: string; selected: Selected }) {
  const replace = (): void => {
    const span = selected();
    if (span) void correct(path, { ...mention, ...span, by: "", basis: "stated", reason: "" });
  };
  return (
    <>
      <bdi class="words">{mention.exact}</bdi>
      <button type="button" onClick={replace} title={t("edit.use_selection")}>{t("edit.use")}</button>
      <button type="button" onClick={() => void correct(path, null)} title={t("edit.remove")}>×<span class="hidden">{t("edit.remove")}</span></button>
    </>
  );
}

function PlaceEditor({ place, path, selected, pick }: { place: Place; path: string; selected: Selected; pick: Pick }) {
  const found = useSignal<Candidate[] | null>(null);
  const name = useSignal(place.name ?? place.exact);
  const set = (change: Partial<Place>): void => { void correct(path, { ...place, ...change }); };
  return (
    <li>
      <Words mention={place} path={path} selected={selected} />
      <label class="inline"><span class="hidden">{t("edit.place_name")}</span><input dir="auto" value={name.value} onInput={(event) => { name.value = event.currentTarget.value; }} /></label>
      <button type="button" onClick={() => void ask<Candidate[]>(`/api/places?name=${encodeURIComponent(name.value)}`).then((rows) => { found.value = rows; })}>{t("edit.candidates")}</button>
      <button type="button" onClick={() => pick((lat, lon) => set({ lat: Math.round(lat * 1e4) / 1e4, lon: Math.round(lon * 1e4) / 1e4, name: name.value, identifier: null }))}>{t("edit.pick")}</button>
      <span class="meta">{place.lat != null ? `${place.lat.toFixed(3)}, ${place.lon?.toFixed(3)}` : t("unknown.point")}</span>
      {found.value && (
        <ul class="candidates">
          {found.value.map((each) => (
            <li key={`${each.lat},${each.lon}`}><button type="button" onClick={() => { set({ name: each.name, lat: each.lat, lon: each.lon, country: each.country, precision: each.precision }); found.value = null; }}>
              <bdi>{each.name}</bdi> ({each.country}) <span class="meta">{each.lat.toFixed(2)}, {each.lon.toFixed(2)} · {each.score.toFixed(2)}</span>
            </button></li>
          ))}
          {found.value.length === 0 && <li class="empty">{t("edit.no_candidate")}</li>}
        </ul>
      )}
    </li>
  );
}

function EntityEditor({ entity, path, selected }: { entity: Entity; path: string; selected: Selected }) {
  return (
    <li>
      <Words mention={entity} path={path} selected={selected} />
      <label class="inline"><span class="hidden">{t("edit.name")}</span><input dir="auto" placeholder={t("edit.name")} value={entity.name ?? ""} onChange={(event) => void correct(path, { ...entity, name: event.currentTarget.value || null })} /></label>
      <label class="inline"><span class="hidden">{t("edit.kind")}</span><select value={entity.kind ?? "person"} onChange={(event) => void correct(path, { ...entity, kind: event.currentTarget.value })}>
        {(choices.value?.entities ?? []).map((each) => <option key={each} value={each}>{word("entity", each)}</option>)}
      </select></label>
    </li>
  );
}

function TimeEditor({ time, path, selected }: { time: Time; path: string; selected: Selected }) {
  const set = (change: Partial<Time>): void => {
    const after = { ...time, ...change };
    void correct(path, { ...after, anchored: Boolean(after.earliest ?? after.latest), anchor: after.earliest ?? after.latest ? "user" : null });
  };
  return (
    <li>
      <Words mention={time} path={path} selected={selected} />
      <label class="inline">{t("timeline.from")} <input type="date" value={time.earliest ?? ""} onChange={(event) => set({ earliest: event.currentTarget.value || null })} /></label>
      <label class="inline">{t("timeline.to")} <input type="date" value={time.latest ?? ""} onChange={(event) => set({ latest: event.currentTarget.value || null })} /></label>
    </li>
  );
}

function QuantityEditor({ quantity, path, selected }: { quantity: Quantity; path: string; selected: Selected }) {
  const set = (change: Partial<Quantity>): void => { void correct(path, { ...quantity, ...change }); };
  const number = (text: string): number | null => (text.trim() === "" || Number.isNaN(Number(text)) ? null : Number(text));
  return (
    <li>
      <Words mention={quantity} path={path} selected={selected} />
      {(["low", "best", "high"] as const).map((name) => (
        <label class="inline" key={name}>{t(`edit.${name}`)} <input type="number" min="0" class="number" value={quantity[name] ?? ""} onChange={(event) => set({ [name]: number(event.currentTarget.value) })} /></label>
      ))}
      <label class="inline"><span class="hidden">{t("edit.kind")}</span><select value={quantity.kind ?? "other"} onChange={(event) => set({ kind: event.currentTarget.value })}>
        {(choices.value?.kinds ?? []).map((each) => <option key={each} value={each}>{word("quantity", each)}</option>)}
      </select></label>
    </li>
  );
}

function Several({ field, claim, selected, pick }: { field: Field; claim: Claim; selected: Selected; pick: Pick }) {
  const rows = claim[field] ?? [];
  const append = (): void => {
    const span = selected();
    if (span) void correct(`${field}.${rows.length}`, span);
  };
  return (
    <fieldset>
      <legend>{t(`field.edit.${field}`)}</legend>
      <ul>
        {rows.map((each, n) => {
          const path = `${field}.${n}`;
          const key = `${path}:${each.start}:${each.end}`;
          if (field === "places") return <PlaceEditor key={key} place={each} path={path} selected={selected} pick={pick} />;
          if (field === "times") return <TimeEditor key={key} time={each} path={path} selected={selected} />;
          if (field === "quantities") return <QuantityEditor key={key} quantity={each} path={path} selected={selected} />;
          return <EntityEditor key={key} entity={each} path={path} selected={selected} />;
        })}
      </ul>
      <button type="button" onClick={append}>{t("edit.add_selection")}</button>
    </fieldset>
  );
}

export function Edit({ selected, pick }: { selected: Selected; pick: Pick }) {
  const row = current.value;
  const known = choices.value;
  if (!row || !known) return null;
  const claim = row.claim;
  const setSpan = (field: "trigger" | "content"): void => {
    const span = selected();
    if (span) void correct(field, span);
  };
  return (
    <div class="edit">
      <p class="meta">{t("edit.how")}</p>
      <div class="row">
        <Choice field="type" value={claim.type} options={known.types} group="type" />
        <Choice field="polarity" value={claim.polarity ?? "positive"} options={["positive", "negative"]} group="polarity" />
        <Choice field="certainty" value={claim.certainty ?? "certain"} options={known.certainties} group="certainty" />
        <Choice field="status" value={claim.status ?? "happened"} options={known.statuses} group="status" />
      </div>
      <fieldset><legend>{t("edit.spans")}</legend>
        <bdi class="words">{claim.trigger?.exact ?? t("unknown.field")}</bdi> <button type="button" onClick={() => setSpan("trigger")}>{t("edit.trigger")}</button>
        <button type="button" onClick={() => setSpan("content")}>{t("edit.content")}</button>
      </fieldset>
      {(["actors", "recipients", "places", "times", "quantities"] as const).map((field) => <Several key={field} field={field} claim={claim} selected={selected} pick={pick} />)}
    </div>
  );
}
