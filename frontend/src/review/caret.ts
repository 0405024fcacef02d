// Choosing words by keyboard: the browser's own selection, moved word by word, so that all that works on selected words works on these.
import { signal } from "@preact/signals";
import type { Painter } from "../marks";
import type { Span } from "../records";

/** A word, or one sign that is neither letter nor number nor blank. Apostrophes and hyphens part words: "l'armée" is three. */
const PIECES = /[\p{L}\p{M}\p{N}\u0640\u200c\u200d]+|[^\s\p{L}\p{M}\p{N}]/gu;
/** How far around a place words are looked for, in UTF-16 units: a report may be one line of a million. */
const NEAR = 400;

export interface Piece { from: number; to: number }

/** The words between two places of a text, in UTF-16 units; those that reach over the ends whole. */
export function pieces(text: string, from: number, to: number): Piece[] {
  const low = Math.max(0, from - NEAR);
  const found = [...text.slice(low, Math.min(text.length, to + NEAR)).matchAll(PIECES)].map((each) => ({ from: low + each.index, to: low + each.index + each[0].length }));
  return found.filter((each) => each.to > from && each.from < to);
}

/** The word before or behind a place, null at the text's ends. */
export function beside(text: string, place: number, by: 1 | -1): Piece | null {
  for (let far = NEAR; ; far *= 4) {
    const found = by === 1 ? pieces(text, place, Math.min(text.length, place + far)).filter((each) => each.from >= place) : pieces(text, Math.max(0, place - far), place).filter((each) => each.to <= place);
    const piece = by === 1 ? found[0] : found.at(-1);
    if (piece || far > text.length) return piece ?? null;
  }
}

export class Caret {
  /** What is chosen, for those who hear the page. */
  readonly said = signal("");
  private done: ((span: Span | null) => void) | null = null;
  /** The word that the selection began with, and the one at the end that moves. */
  private origin: Piece = { from: 0, to: 0 };
  private head: Piece = { from: 0, to: 0 };

  constructor(private readonly at: HTMLElement, private readonly painter: Painter, private readonly text: string) {}

  /** Have a person choose words, from `span` on; `done` is told which, null where none. */
  choose(span: Span | null, done: (span: Span | null) => void): void {
    this.end();
    this.done = done;
    this.at.classList.add("choosing");
    this.at.focus();
    if (!span) { this.begin(); return; }
    const [from, to] = [this.painter.offsets.toUnits(span.start), this.painter.offsets.toUnits(span.end)];
    this.set(pieces(this.text, from, from + 1)[0] ?? { from, to }, pieces(this.text, to - 1, to)[0] ?? { from, to });
  }

  end(): void {
    this.done = null;
    this.at.classList.remove("choosing");
    this.said.value = "";
  }

  press(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    if (this.done && (event.key === "Enter" || event.key === "Escape")) { this.close(event); return; }
    const by = this.direction(event.key);
    if (!by && !["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    if (!this.known()) { this.begin(); return; }
    if (by && event.ctrlKey) this.letter(by, event.shiftKey);
    else if (by) this.word(by, event.shiftKey);
    else if (event.key === "Home" || event.key === "End") this.edge(event.key === "End", event.shiftKey);
    else this.line(event.key === "ArrowDown" ? 1 : -1, event.shiftKey);
  }

  private get low(): number { return Math.min(this.origin.from, this.head.from); }
  private get high(): number { return Math.max(this.origin.to, this.head.to); }

  private close(event: KeyboardEvent): void {
    event.preventDefault();
    event.stopPropagation();
    const done = this.done;
    const span = event.key === "Enter" ? this.painter.selected(this.text) : null;
    this.end();
    done?.(span);
  }

  /** Left goes back in French and on in Arabic. */
  private direction(key: string): 1 | -1 | null {
    if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
    return (key === "ArrowRight") === (getComputedStyle(this.at).direction !== "rtl") ? 1 : -1;
  }

  /** Whether words are selected: those that were selected by mouse are taken up as they are. */
  private known(): boolean {
    const selection = document.getSelection();
    const node = this.at.firstChild;
    if (!selection || selection.rangeCount === 0 || selection.isCollapsed || selection.anchorNode !== node || selection.focusNode !== node) return false;
    const from = Math.min(selection.anchorOffset, selection.focusOffset);
    const to = Math.max(selection.anchorOffset, selection.focusOffset);
    if (from !== this.low || to !== this.high) this.origin = this.head = { from, to };
    return true;
  }

  /** Begin with the first word that can be seen. */
  private begin(): void {
    const frame = this.at.getBoundingClientRect();
    const seen = document.caretPositionFromPoint?.((frame.left + frame.right) / 2, Math.max(frame.top, 0) + 24);
    const place = seen && seen.offsetNode === this.at.firstChild ? seen.offset : 0;
    this.to(beside(this.text, place, 1) ?? beside(this.text, place, -1), false);
  }

  /** Go to a word, or with `more` select all from where the selection began to it. */
  private to(piece: Piece | null | undefined, more: boolean): void {
    if (piece) this.set(more ? this.origin : piece, piece);
  }

  private set(origin: Piece, head: Piece): void {
    const node = this.at.firstChild;
    if (!node) return;
    this.origin = origin;
    this.head = head;
    const back = head.from < origin.from;
    document.getSelection()?.setBaseAndExtent(node, back ? this.high : this.low, node, back ? this.low : this.high);
    this.said.value = this.text.slice(this.low, this.high);
    const [start, end] = [this.painter.offsets.toPoints(head.from), this.painter.offsets.toPoints(head.to)];
    this.painter.show({ start, end, exact: "" });
  }

  private word(by: 1 | -1, more: boolean): void {
    const place = more ? (by === 1 ? this.head.to : this.head.from) : by === 1 ? this.high : this.low;
    this.to(beside(this.text, place, by), more);
  }

  /** Move the end by a letter, or the beginning: Arabic writes "and" and "in" onto its words. */
  private letter(by: 1 | -1, beginning: boolean): void {
    const from = beginning ? this.letterBeside(this.low, by) : this.low;
    const to = beginning ? this.high : this.letterBeside(this.high, by);
    if (from < to) this.to({ from, to }, false);
  }

  /** The place a letter further, over the marks that stand on it. */
  private letterBeside(place: number, by: 1 | -1): number {
    const low = Math.max(0, place - 64);
    const letters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(this.text.slice(low, place + 64))];
    const cuts = [...letters.map((each) => low + each.index), Math.min(this.text.length, place + 64)];
    return (by === 1 ? cuts.find((cut) => cut > place) : cuts.filter((cut) => cut < place).at(-1)) ?? place;
  }

  /** To the first or last word of the paragraph. */
  private edge(end: boolean, more: boolean): void {
    const next = this.text.indexOf("\n", this.head.from);
    const place = end ? (next < 0 ? this.text.length : next) : this.text.lastIndexOf("\n", this.head.from) + 1;
    this.to(beside(this.text, place, end ? -1 : 1), more);
  }

  /** To the word above or below. */
  private line(by: 1 | -1, more: boolean): void {
    const box = this.painter.range({ start: this.painter.offsets.toPoints(this.head.from), end: this.painter.offsets.toPoints(this.head.to), exact: "" }).getClientRects()[0];
    if (!box) return;
    const frame = this.at.getBoundingClientRect();
    const height = parseFloat(getComputedStyle(this.at).lineHeight) || box.height;
    const scroll = this.at.scrollTop;
    const out = box.top + by * height < Math.max(0, frame.top) || box.bottom + by * height > Math.min(window.innerHeight, frame.bottom);
    // a line that is out of sight is brought into it first
    if (out) this.at.scrollTop += by * height * 3;
    const y = box.top + box.height / 2 + by * height - (this.at.scrollTop - scroll);
    const found = document.caretPositionFromPoint?.((box.left + box.right) / 2, y);
    const place = found && found.offsetNode === this.at.firstChild ? found.offset : null;
    if (place === null) this.edge(by === 1, more);
    else this.to(this.nearest(place, by), more);
  }

  /** The word at a place; behind the last word of a line that one; on an empty line the next one that way. */
  private nearest(place: number, by: 1 | -1): Piece | null {
    const before = beside(this.text, place, -1);
    const same = before && !this.text.slice(before.to, place).includes("\n") ? before : null;
    return pieces(this.text, place, place + 1)[0] ?? same ?? beside(this.text, place, by);
  }
}
