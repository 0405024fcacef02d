// Highlights by the CSS Custom Highlight API: ranges over the one text node, no elements, so that Arabic letters go on joining.
import type { Claim, Judged, Span } from "./records";
import { Offsets } from "./offsets";

export const KINDS = ["source", "cue", "trigger", "actor", "place", "time", "quantity", "label"] as const;
export type Kind = (typeof KINDS)[number] | "content" | "current";
export interface Mark { kind: Kind; span: Span; claim: string }

const known = new WeakMap<Claim, Mark[]>();

/** Every mention of a claim with what kind it is. Worked out once a claim: a mouse asks often. */
export function marksOf(claim: Claim): Mark[] {
  const before = known.get(claim);
  if (before) return before;
  const found: Mark[] = [];
  known.set(claim, found);
  const add = (kind: Kind, span: Span | null | undefined): void => {
    if (span && span.end > span.start) found.push({ kind, span, claim: claim.id });
  };
  for (const link of claim.chain ?? []) { add("source", link.source); add("cue", link.cue); }
  for (const each of claim.hedges ?? []) add("cue", each);
  add("trigger", claim.trigger);
  for (const each of [...(claim.actors ?? []), ...(claim.recipients ?? [])]) add("actor", each);
  for (const each of claim.places ?? []) add("place", each);
  for (const each of claim.times ?? []) add("time", each);
  for (const each of claim.quantities ?? []) add("quantity", each);
  for (const each of claim.labels ?? []) add("label", each);
  return found;
}

export class Painter {
  readonly offsets: Offsets;
  private readonly node: Text;

  constructor(readonly at: HTMLElement, text: string) {
    // one node with the text and nothing else, as offsets count; a page that has it so already need not be laid out again
    if (at.childNodes.length !== 1 || at.textContent !== text) at.textContent = text;
    this.node = (at.firstChild as Text | null) ?? at.appendChild(document.createTextNode(""));
    this.offsets = new Offsets(text);
  }

  range(span: Span): Range {
    const range = document.createRange();
    range.setStart(this.node, this.offsets.toUnits(span.start));
    range.setEnd(this.node, this.offsets.toUnits(span.end));
    return range;
  }

  /** Paint spans of one kind in place of those painted before. */
  paint(kind: Kind, spans: Span[], priority = 0): void {
    if (!("highlights" in CSS)) return;
    const highlight = new Highlight(...spans.map((span) => this.range(span)));
    highlight.priority = priority;
    CSS.highlights.set(kind, highlight);
  }

  paintAll(rows: Judged[]): void {
    const marks = rows.flatMap((row) => marksOf(row.claim));
    KINDS.forEach((kind, n) => this.paint(kind, marks.filter((mark) => mark.kind === kind).map((mark) => mark.span), n));
  }

  /** The code point under the mouse, null beside the text. */
  pointAt(x: number, y: number): number | null {
    const caret = document.caretPositionFromPoint?.(x, y);
    if (!caret || caret.offsetNode !== this.node) return null;
    return this.offsets.toPoints(caret.offset);
  }

  /** What is selected, as a span of the text; null where nothing is, or it reaches out of the text. */
  selected(text: string): Span | null {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    if (range.startContainer !== this.node || range.endContainer !== this.node) return null;
    const [start, end] = [this.offsets.toPoints(range.startOffset), this.offsets.toPoints(range.endOffset)];
    return end > start ? { start, end, exact: text.slice(this.offsets.toUnits(start), this.offsets.toUnits(end)) } : null;
  }

  /** Bring a span into the middle of the text's own window. */
  show(span: Span): void {
    const box = this.range(span).getBoundingClientRect();
    const frame = this.at.getBoundingClientRect();
    if (this.at.scrollHeight > this.at.clientHeight) {
      if (box.top < frame.top || box.bottom > frame.bottom) {
        this.at.scrollTop += box.top - frame.top - frame.height / 3;
      }
    } else if (box.top < 0 || box.bottom > window.innerHeight) {
      window.scrollBy(0, box.top - window.innerHeight / 3);
    }
  }
}

/** The claims at a code point: those whose mention stands there first, the shortest first, then those whose content does. */
export function claimsAt(rows: Judged[], point: number): string[] {
  const holds = (span: Span): boolean => span.start <= point && point < span.end;
  const found = new Map<string, number>();
  for (const row of rows) {
    for (const mark of marksOf(row.claim)) {
      if (holds(mark.span)) {
        const length = mark.span.end - mark.span.start - (mark.kind === "trigger" ? 0.5 : 0);
        found.set(row.claim.id, Math.min(found.get(row.claim.id) ?? Infinity, length));
      }
    }
    if (!found.has(row.claim.id) && holds(row.claim.content)) {
      found.set(row.claim.id, 10_000 + row.claim.content.end - row.claim.content.start);
    }
  }
  return [...found].sort((a, b) => a[1] - b[1]).map(([id]) => id);
}
