// Review by keyboard alone: a accept, x reject, e edit, u undo, n and p, m add what was missed, ? help.
import { effect, signal, useSignal } from "@preact/signals";
import { render } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Painter, marksOf, KINDS } from "../marks";
import { type Report, type Span, carried } from "../records";
import { t } from "../words";
import { Caret } from "./caret";
import { Edit, type Take } from "./edit";
import { PointMap, type Wanted } from "./point";
import { type Choices, add, again, at, begin, card, choices, current, done, ended, failed, inTurn, judge, leave, left, queue, report, step, trouble, undo, unseenOnly, who, why } from "./queue";

const KEYS: [string, string][] = [["a", "accept"], ["x", "reject"], ["e", "edit"], ["u", "undo"], ["n", "next"], ["p", "previous"], ["m", "missed"], ["?", "help"]];
/** What may be done while something did not come through: nothing that decides or goes on. */
const HARMLESS = ["edit", "help"];
/** The card as the server drew it, put into the page once a drawing. */
const pieces = signal<{ card: Element | null; record: Element | null }>({ card: null, record: null });

effect(() => {
  const drawn = document.createElement("template");
  drawn.innerHTML = card.value.html;
  pieces.value = { card: drawn.content.querySelector("article"), record: drawn.content.querySelector(".record") };
});

/** A piece of page that the server drew. */
function Drawn({ piece, live }: { piece: Element | null; live?: "polite" }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => { box.current?.replaceChildren(...(piece ? [piece] : [])); }, [piece]);
  return <div ref={box} aria-live={live} onSubmit={taken} />;
}

/** Forms of a drawn piece do here, at once, what they would do without a script. */
function taken(event: Event): void {
  const undoes = (event.target as HTMLElement).dataset["undoes"];
  if (!undoes) return;
  event.preventDefault();
  void undo(undoes);
}

function Trouble() {
  if (!trouble.value) return <p class="wrong" role="alert" hidden />;
  return (
    <p class="wrong" role="alert">
      <bdi>{trouble.value}</bdi>
      {failed.value && <><br />{t("review.failed")} <button type="button" onClick={() => void again()}>{t("review.again")}</button> <button type="button" onClick={() => void leave()}>{t("review.leave")}</button></>}
    </p>
  );
}

function Bar({ acts, pressed }: { acts: Record<string, () => void>; pressed: Record<string, boolean> }) {
  return (
    <div class="bar" role="toolbar" aria-label={t("nav.review")}>
      {KEYS.map(([key, act]) => <button key={act} type="button" aria-keyshortcuts={key} data-act={act} aria-pressed={pressed[act]} onClick={acts[act]}><kbd>{key}</kbd> {t(`key.${act}`)}</button>)}
      <label class="check"><input type="checkbox" checked={unseenOnly.value} onChange={(event) => { unseenOnly.value = event.currentTarget.checked; }} /> {t("review.unseen_only")}</label>
      <label class="inline">{t("review.who")} <input dir="auto" name="who" value={who.value} maxLength={100} onChange={(event) => { who.value = event.currentTarget.value.trim() || choices.value?.who || "me"; }} /></label>
      <label class="inline">{t("review.why")} <input dir="auto" name="why" value={why.value} maxLength={2000} onInput={(event) => { why.value = event.currentTarget.value; }} onKeyDown={(event) => { if (event.key === "Enter") event.currentTarget.blur(); }} /></label>
    </div>
  );
}

/** Which report it is: its title leads to the reader. */
function Heading({ document: { id, name, title, publisher, published } }: { document: Report["document"] }) {
  return (
    <h2><a href={`/reports/${id}`}><bdi>{title?.value ?? name}</bdi></a> <span class="meta"><bdi>{publisher?.value ?? t("unknown.publisher")}</bdi> · {published ? <time dateTime={published.value.slice(0, 10)}>{published.value.slice(0, 10)}</time> : t("unknown.published")}</span></h2>
  );
}

function Page() {
  const text = useRef<HTMLDivElement>(null);
  const painter = useRef<Painter | null>(null);
  const caret = useRef<Caret | null>(null);
  const editing = useSignal(false);
  const helping = useSignal(false);
  const wanted = useSignal<Wanted | null>(null);
  const choosing = useSignal("");
  const row = current.value;
  const held = report.value;
  const name = held?.document.id ?? "";

  useEffect(() => {
    if (!text.current || !held) return;
    painter.current = new Painter(text.current, held.document.text);
    caret.current?.end();
    caret.current = new Caret(text.current, painter.current, held.document.text);
    return () => caret.current?.end();
  }, [name]);
  useEffect(() => {
    const paint = painter.current;
    if (!paint || !row) return;
    const marks = marksOf(row.claim);
    for (const kind of KINDS) paint.paint(kind, marks.filter((mark) => mark.kind === kind).map((mark) => mark.span));
    paint.paint("content", [row.claim.content], -1);
    paint.show(row.claim.trigger ?? row.claim.content);
  }, [row?.claim, name]);

  const selected = (): Span | null => (held && painter.current ? painter.current.selected(held.document.text) : null);
  /** The words that are selected, else those that a person chooses now by keyboard. */
  const take: Take = (field, from, taken) => {
    const span = selected();
    if (span) { document.getSelection()?.removeAllRanges(); taken(span); return; }
    const back = document.activeElement as HTMLElement | null;
    choosing.value = field;
    caret.current?.choose(from ?? row?.claim.trigger ?? row?.claim.content ?? null, (chosen) => {
      choosing.value = "";
      document.getSelection()?.removeAllRanges();
      back?.focus();
      if (chosen) taken(chosen);
    });
  };
  const missed = (): void => {
    const span = selected();
    if (span) void add(span, { trigger: span }).then((kept) => { if (kept) editing.value = true; });
    else trouble.value = t("review.select_first");
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
  const close = (): void => { editing.value = false; helping.value = false; wanted.value = null; void leave(); };
  const may = (act: string): boolean => failed.value === null || HARMLESS.includes(act);
  // one listener for the life of the page: two at once, even for a moment, would judge twice
  const latest = useRef<(event: KeyboardEvent) => void>(() => undefined);
  latest.current = (event) => {
    const on = event.target as HTMLElement;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || on.matches("input, textarea, select, .map, .map *")) {
      if (event.key === "Escape" && on.matches("input, textarea, select")) on.blur();
      return;
    }
    if (event.key === "Escape") return close();
    if (event.key === "Enter" && failed.value && !on.matches("button, a, summary")) { event.preventDefault(); void again(); return; }
    const act = KEYS.find(([key]) => key === event.key)?.[1];
    if (!act) return;
    event.preventDefault();
    // a key that is held down was pressed once
    if (!event.repeat && may(act)) acts[act]?.();
  };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => latest.current(event);
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  const guarded = Object.fromEntries(Object.entries(acts).map(([act, go]) => [act, () => { if (may(act)) go(); }]));
  return (
    <div class="review">
      <Bar acts={guarded} pressed={{ edit: editing.value, help: helping.value }} />
      {helping.value && <div class="note" role="note"><p>{t("review.help")}</p><p>{t("edit.choosing", { field: t("key.missed") })}</p></div>}
      <Trouble />
      <p class="meta" role="status">{ended.value ? t("review.ended") : held ? t("review.place", { n: at.value + 1, of: queue.value.length }) : t("review.loading")} · {t("review.done", { count: done.value })}</p>
      {held && <Heading document={held.document} />}
      <div class="columns">
        <div class="side">
          <p class="note choosing" role="status" hidden={!choosing.value}>{choosing.value && t("edit.choosing", { field: choosing.value })}</p>
          <div class="text" id="text" dir="auto" lang={held?.document.language?.value ?? ""} ref={text} tabindex={0} role="textbox" aria-readonly="true" aria-multiline="true" aria-label={t("report.text")} aria-describedby="chosen" onKeyDown={(event) => caret.current?.press(event)} />
          <p class="meta chosen" id="chosen" role="status"><bdi>{caret.current?.said.value && t("edit.chosen", { words: caret.current.said.value })}</bdi></p>
        </div>
        <section>
          <Drawn piece={pieces.value.card} live="polite" />
          {row && editing.value && <Edit key={`${name} ${row.claim.id} ${left.value}`} take={take} pick={(point) => { wanted.value = point; }} />}
          {wanted.value && <PointMap wanted={wanted.value} done={() => { wanted.value = null; }} />}
          <Drawn piece={pieces.value.record} />
        </section>
      </div>
    </div>
  );
}

export async function start(place: HTMLElement): Promise<void> {
  const given = carried<Choices>();
  document.getElementById("plain")?.remove();
  render(<Page />, place);
  await begin(given);
  effect(() => { place.dataset["done"] = String(done.value); });
}

/** Wait until nothing that was pressed is still to be done. */
export const settled = (): Promise<void> => inTurn(() => Promise.resolve());
