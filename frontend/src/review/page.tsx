// Review by keyboard alone: a accept, x reject, e edit, u undo, n and p, m add what was missed, ? help.
import { effect, useSignal } from "@preact/signals";
import { type ComponentChildren, Fragment, render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { EventMap } from "../events/map";
import { Painter, marksOf, KINDS } from "../marks";
import { type Claim, type Judged, type Quantity, carried } from "../records";
import { t, word } from "../words";
import { Edit } from "./edit";
import { type Choices, add, at, begin, choices, current, done, ended, judge, queue, report, standing, step, trouble, undo, unseenOnly, who, why } from "./queue";

const KEYS: [string, string][] = [["a", "accept"], ["x", "reject"], ["e", "edit"], ["u", "undo"], ["n", "next"], ["p", "previous"], ["m", "missed"], ["?", "help"]];

function figures({ low, best, high }: Quantity): string {
  if (low == null && high == null) return best == null ? "?" : String(best);
  if (low === high) return String(low);
  const between = high == null ? `≥ ${low}` : low == null ? `≤ ${high}` : `${low}–${high}`;
  return best == null || best === low || best === high ? between : `${between} (${best})`;
}

/** What is said, a row each; what is not, all in one row. */
function Facts({ claim }: { claim: Claim }) {
  const list = (rows: { exact: string; name?: string | null }[]) =>
    rows.map((each, n) => <span key={n}>{n > 0 && ", "}<bdi>{each.exact}</bdi>{each.name && each.name !== each.exact && <span class="means"> <bdi>{each.name}</bdi></span>}</span>);
  const rows: [string, string, ComponentChildren][] = [];
  const unsaid: string[] = [];
  const put = (field: string, name: string, said: boolean | undefined, shown: () => ComponentChildren): void => {
    if (said) rows.push([field, name, shown()]); else unsaid.push(field);
  };
  put("type", "what", Boolean(claim.trigger ?? claim.type) || claim.polarity === "negative", () => <>{claim.trigger && <bdi class="trigger">{claim.trigger.exact}</bdi>} {claim.type && word("type", claim.type)}{claim.polarity === "negative" && <strong class="negative"> {t("claim.negative")}</strong>}</>);
  put("actors", "who", Boolean(claim.actors?.length), () => list(claim.actors ?? []));
  put("recipients", "whom", Boolean(claim.recipients?.length), () => list(claim.recipients ?? []));
  put("places", "where", Boolean(claim.places?.length), () => list(claim.places ?? []));
  put("times", "when", Boolean(claim.times?.length), () => claim.times?.map((each, n) => <span key={n}>{n > 0 && ", "}<bdi>{each.exact}</bdi> <bdi class="means">{each.anchored ? (each.earliest === each.latest ? each.earliest : `${each.earliest ?? "…"} – ${each.latest ?? "…"}`) : t("unknown.date")}</bdi></span>));
  put("quantities", "how_many", Boolean(claim.quantities?.length), () => claim.quantities?.map((each, n) => <span key={n}>{n > 0 && ", "}<bdi>{each.exact}</bdi> <span class="means">{word("quantity", each.kind)} <bdi>{figures(each)}</bdi></span></span>));
  return (
    <dl class="facts">
      {rows.map(([field, name, shown]) => <Fragment key={field}><dt>{t(`field.${name}`)}</dt><dd>{shown}</dd></Fragment>)}
      <dt>{t("field.sure")}</dt><dd>{word("certainty", claim.certainty ?? "certain")} · {word("status", claim.status ?? "happened")}{claim.hedges?.map((each, n) => <span key={n}> · <bdi>{each.exact}</bdi></span>)}</dd>
      {unsaid.length > 0 && <><dt class="unknown">{t("field.unsaid")}</dt><dd class="unknown">{unsaid.map((each) => t(`field.${each}`)).join(", ")}</dd></>}
    </dl>
  );
}

function Chain({ claim }: { claim: Claim }) {
  if (!claim.chain?.length) return <p class="chain"><span class="kind">{t("claim.own_voice")}</span></p>;
  return (
    <ol class="chain">
      {claim.chain.map((link, n) => <li class="link" key={n}><bdi>{link.source?.exact ?? t("unknown.source")}</bdi>{link.name && link.name !== link.source?.exact && <span class="means"> <bdi>{link.name}</bdi></span>} <span class="act">{word("act", link.act)}</span></li>)}
    </ol>
  );
}

/** The claim as it stands, and beside it what the machine had read where a person changed it. */
function Sides({ row }: { row: Judged }) {
  if (row.state !== "corrected" || !row.machine) return <Facts claim={row.claim} />;
  return (
    <div class="sides">
      <section><h3>{t("field.now")}</h3><Facts claim={row.claim} /></section>
      <section class="before"><h3>{t("field.read")}</h3><Facts claim={row.machine} /></section>
    </div>
  );
}

function History() {
  const made = report.value?.judgements ?? [];
  const live = new Set(standing(made).map((each) => each.id));
  if (!made.length) return null;
  return (
    <details class="history"><summary>{t("review.history", { count: made.length })}</summary>
      <ol reversed>
        {[...made].reverse().map((each) => (
          <li key={each.id} class={live.has(each.id) ? "" : "gone"}>
            <time>{each.when.slice(0, 16).replace("T", " ")}</time> <bdi>{each.who}</bdi> · {word("verdict", each.verdict)} {each.path && <code title={each.path}>{word("field.edit", each.path.split(".")[0])}</code>} {each.anchor && <bdi>“{each.anchor.exact}”</bdi>} {each.why && <q>{each.why}</q>}
            {live.has(each.id) && <button type="button" onClick={() => void undo(each.id)}>{t("key.undo")}</button>}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Page() {
  const text = useRef<HTMLDivElement>(null);
  const mapAt = useRef<HTMLDivElement>(null);
  const painter = useRef<Painter | null>(null);
  const map = useRef<EventMap | null>(null);
  const editing = useSignal(false);
  const helping = useSignal(false);
  const picking = useSignal(false);
  const row = current.value;
  const held = report.value;
  const name = held?.document.id ?? "";

  useEffect(() => {
    if (text.current && held) painter.current = new Painter(text.current, held.document.text);
  }, [name]);
  useEffect(() => {
    const paint = painter.current;
    if (!paint || !row) return;
    const marks = marksOf(row.claim);
    for (const kind of KINDS) paint.paint(kind, marks.filter((mark) => mark.kind === kind).map((mark) => mark.span));
    paint.paint("content", [row.claim.content], -1);
    paint.show(row.claim.trigger ?? row.claim.content);
  }, [row?.claim, name]);

  const selected = () => (held && painter.current ? painter.current.selected(held.document.text) : null);
  const missed = (): void => {
    const span = selected();
    if (span) void add(span, { trigger: span }).then((kept) => { editing.value = kept; });
    else trouble.value = t("review.select_first");
  };
  const pick = (picked: (lat: number, lon: number) => void): void => {
    picking.value = true;
    window.setTimeout(() => {
      if (!mapAt.current) return;
      if (!map.current) {
        map.current = new EventMap(mapAt.current, () => undefined, t("map.pick"));
        void map.current.ground();
      }
      const known = current.value?.claim.places?.find((place) => place.lat != null && place.lon != null);
      if (known) map.current.look(known.lat!, known.lon!);
      map.current.pick((lat, lon) => { picking.value = false; map.current = null; picked(lat, lon); });
      mapAt.current.scrollIntoView({ block: "nearest" });
    });
  };
  const acts: Record<string, () => void> = {
    accept: () => void judge("accept"),
    reject: () => void judge("reject"),
    edit: () => { editing.value = !editing.value; },
    undo: () => void undo(),
    next: () => void step(1),
    previous: () => void step(-1),
    missed,
    help: () => { helping.value = !helping.value; },
  };
  // one listener for the life of the page: two at once, even for a moment, would judge twice
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const on = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || on.matches("input, textarea, select")) {
        if (event.key === "Escape") on.blur();
        return;
      }
      if (event.key === "Escape") { editing.value = false; helping.value = false; picking.value = false; map.current = null; return; }
      const found = KEYS.find(([key]) => key === event.key)?.[1];
      if (!found) return;
      event.preventDefault();
      latest.current[found]?.();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  return (
    <div class="review">
      <div class="bar" role="toolbar" aria-label={t("nav.review")}>
        {KEYS.map(([key, act]) => <button key={act} type="button" aria-keyshortcuts={key} data-act={act} aria-pressed={act === "edit" ? editing.value : act === "help" ? helping.value : undefined} onClick={acts[act]}><kbd>{key}</kbd> {t(`key.${act}`)}</button>)}
        <label class="check"><input type="checkbox" checked={unseenOnly.value} onChange={(event) => { unseenOnly.value = event.currentTarget.checked; }} /> {t("review.unseen_only")}</label>
        <label class="inline">{t("review.who")} <input dir="auto" value={who.value} maxLength={100} onChange={(event) => { who.value = event.currentTarget.value || choices.value?.who || "me"; }} /></label>
        <label class="inline">{t("review.why")} <input dir="auto" value={why.value} maxLength={2000} onInput={(event) => { why.value = event.currentTarget.value; }} onKeyDown={(event) => { if (event.key === "Enter") event.currentTarget.blur(); }} /></label>
      </div>
      {helping.value && <div class="note" role="note"><p>{t("review.help")}</p></div>}
      <p class="wrong" role="alert" hidden={!trouble.value}>{trouble.value}</p>
      <p class="meta" role="status">{ended.value ? t("review.ended") : held ? t("review.place", { n: at.value + 1, of: queue.value.length }) : t("review.loading")} · {t("review.done", { count: done.value })}</p>
      <div class="columns">
        <div class="text" id="text" dir="auto" lang={held?.document.language?.value ?? ""} ref={text} tabindex={0} aria-label={t("report.text")} />
        <section aria-live="polite">
          {row && (
            <article class={`card current ${row.state}`} data-claim={row.claim.id} data-state={row.state}>
              <header><span class="nth">{at.value + 1}</span> <strong class="state">{word("judged", row.state)}</strong> {row.by.map((each) => <bdi key={each}>{each}</bdi>)}</header>
              <Chain claim={row.claim} />
              <blockquote dir="auto">{row.claim.content.exact}</blockquote>
              <Sides row={row} />
              {editing.value && <Edit selected={selected} pick={pick} />}
            </article>
          )}
          {picking.value && <><p class="note" role="status">{t("review.picking")}</p><div class="map small" ref={mapAt} dir="ltr" /></>}
          <History />
          {held && held.orphans.length > 0 && <details class="history"><summary>{t("report.orphans")} ({held.orphans.length})</summary><ul>{held.orphans.map((each) => <li key={each.id}><bdi>{each.who}</bdi> · {word("verdict", each.verdict)} {each.anchor && <bdi>“{each.anchor.exact}”</bdi>}</li>)}</ul></details>}
        </section>
      </div>
    </div>
  );
}

export async function start(place: HTMLElement): Promise<void> {
  const given = carried<Choices>();
  document.getElementById("plain")?.remove();
  render(<Page />, place);
  try {
    await begin(given);
  } catch (error) {
    trouble.value = error instanceof Error ? error.message : String(error);
  }
  effect(() => { place.dataset["done"] = String(done.value); });
}
