// Review by keyboard alone: a accept, x reject, e edit, u undo, n and p, m add what was missed, ? help.
import { effect, useSignal } from "@preact/signals";
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { EventMap } from "../events/map";
import { Painter, marksOf, KINDS } from "../marks";
import { type Judged, type Quantity, carried } from "../records";
import { t, word } from "../words";
import { Edit } from "./edit";
import { type Choices, add, at, begin, choices, current, done, ended, judge, queue, report, standing, step, trouble, undo, unseenOnly, who } from "./queue";

const KEYS: [string, string][] = [["a", "accept"], ["x", "reject"], ["e", "edit"], ["u", "undo"], ["n", "next"], ["p", "previous"], ["m", "missed"], ["?", "help"]];

function figures(each: Quantity): string {
  const show = (value: number | null | undefined): string => (value == null ? "?" : String(value));
  return each.low === each.high && each.low === each.best ? show(each.best) : `${show(each.low)} / ${show(each.best)} / ${show(each.high)}`;
}

function Facts({ row }: { row: Judged }) {
  const { claim, machine } = row;
  const none = <span class="unknown">{t("unknown.field")}</span>;
  const list = (rows: { exact: string; name?: string | null }[] | undefined) =>
    rows?.length ? rows.map((each, n) => <span key={n}>{n > 0 && ", "}<bdi>{each.exact}</bdi>{each.name && <span class="means"> <bdi>{each.name}</bdi></span>}</span>) : none;
  return (
    <dl class="facts">
      <dt>{t("facet.sources")}</dt><dd>{claim.chain?.length ? claim.chain.map((link, n) => <span class="link" key={n}>{n > 0 && " › "}<bdi>{link.source?.exact ?? t("unknown.source")}</bdi> <em>{word("act", link.act)}</em></span>) : t("claim.own_voice")}</dd>
      <dt>{t("field.what")}</dt><dd>{claim.trigger && <bdi class="trigger">{claim.trigger.exact}</bdi>} {claim.type ? word("type", claim.type) : none}{claim.polarity === "negative" && <strong class="negative"> {t("claim.negative")}</strong>}
        {machine && machine.type !== claim.type && <span class="before"> {t("review.machine")}: {machine.type ? word("type", machine.type) : t("unknown.field")}</span>}</dd>
      <dt>{t("field.who")}</dt><dd>{list(claim.actors)}</dd>
      <dt>{t("field.whom")}</dt><dd>{list(claim.recipients)}</dd>
      <dt>{t("field.where")}</dt><dd>{list(claim.places)}</dd>
      <dt>{t("field.when")}</dt><dd>{claim.times?.length ? claim.times.map((each, n) => <span key={n}>{n > 0 && ", "}<bdi>{each.exact}</bdi> <span class="means">{each.anchored ? `${each.earliest ?? "…"} – ${each.latest ?? "…"}` : t("unknown.date")}</span></span>) : none}</dd>
      <dt>{t("field.how_many")}</dt><dd>{claim.quantities?.length ? claim.quantities.map((each, n) => <span key={n}>{n > 0 && ", "}<bdi>{each.exact}</bdi> <span class="means">{word("quantity", each.kind)} {figures(each)}</span></span>) : none}</dd>
      <dt>{t("field.sure")}</dt><dd>{word("certainty", claim.certainty ?? "certain")} · {word("status", claim.status ?? "happened")}</dd>
    </dl>
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
            <time>{each.when.slice(0, 16).replace("T", " ")}</time> <bdi>{each.who}</bdi> · {word("verdict", each.verdict)} {each.path && <code>{each.path}</code>} {each.anchor && <bdi>“{each.anchor.exact}”</bdi>} {each.why && <q>{each.why}</q>}
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
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const on = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || on.matches("input, textarea, select")) {
        if (event.key === "Escape") on.blur();
        return;
      }
      if (event.key === "Escape") { editing.value = false; helping.value = false; picking.value = false; return; }
      const found = KEYS.find(([key]) => key === event.key)?.[1];
      if (!found) return;
      event.preventDefault();
      acts[found]?.();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });

  return (
    <div class="review">
      <div class="bar" role="toolbar" aria-label={t("nav.review")}>
        {KEYS.map(([key, act]) => <button key={act} type="button" aria-keyshortcuts={key} data-act={act} aria-pressed={act === "edit" ? editing.value : act === "help" ? helping.value : undefined} onClick={acts[act]}><kbd>{key}</kbd> {t(`key.${act}`)}</button>)}
        <label class="check"><input type="checkbox" checked={unseenOnly.value} onChange={(event) => { unseenOnly.value = event.currentTarget.checked; }} /> {t("review.unseen_only")}</label>
        <label class="inline">{t("review.who")} <input dir="auto" value={who.value} maxLength={100} onChange={(event) => { who.value = event.currentTarget.value || choices.value?.who || "me"; }} /></label>
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
              <blockquote dir="auto">{row.claim.content.exact}</blockquote>
              <Facts row={row} />
              {editing.value && <Edit selected={selected} pick={pick} />}
            </article>
          )}
          {picking.value && <div class="map small" ref={mapAt} dir="ltr" />}
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
