// A report beside its claims: the words of a claim light up with its card, the card with its words, by mouse and by keyboard.
import { Painter, claimsAt, marksOf } from "./marks";
import { type Report, carried } from "./records";

export function start(legend: HTMLElement): void {
  const report = carried<Report>();
  const at = document.getElementById("text");
  if (!report || !at) return;
  const painter = new Painter(at, report.document.text);
  const rows = report.claims;
  painter.paintAll(rows);
  legend.hidden = !("highlights" in CSS);
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  const cards = new Map([...document.querySelectorAll<HTMLElement>("[data-claim]")].map((card) => [card.dataset["claim"] ?? "", card]));
  let current: string | null = null;
  let pointed: string | null = null;

  /** The whole claim shaded, its mentions underlined. */
  function shade(id: string | null): void {
    const row = rows.find((each) => each.claim.id === id);
    painter.paint("content", row ? [row.claim.content] : [], -1);
    painter.paint("current", row ? marksOf(row.claim).map((mark) => mark.span) : [], 9);
  }

  /** What the words under the mouse belong to: the claim's words, its card, who says it. */
  function point(id: string | null, x = 0, y = 0): void {
    if (id !== pointed) {
      if (pointed) cards.get(pointed)?.classList.remove("pointed");
      pointed = id;
      shade(id ?? current);
      const card = id ? cards.get(id) : undefined;
      card?.classList.add("pointed");
      tip.hidden = !card;
      const shown = card ? [...card.querySelectorAll(":scope > header, :scope > blockquote")].map((each) => each.cloneNode(true)) : [];
      tip.replaceChildren(...shown);
    }
    if (id) {
      tip.style.insetBlockStart = `${Math.min(y + 18, window.innerHeight - tip.offsetHeight - 8)}px`;
      tip.style.left = `${Math.max(8, Math.min(x, window.innerWidth - tip.offsetWidth - 8))}px`;
    }
  }

  function choose(id: string | null, { scroll, words }: { scroll: boolean; words: boolean }): void {
    if (current) cards.get(current)?.classList.remove("current");
    current = id;
    const row = rows.find((each) => each.claim.id === id);
    shade(id);
    if (!row || !id) return;
    const card = cards.get(id);
    card?.classList.add("current");
    if (scroll) card?.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    if (words) painter.show(row.claim.trigger ?? row.claim.content);
  }

  at.addEventListener("mousemove", (event) => {
    const place = painter.pointAt(event.clientX, event.clientY);
    const found = place === null ? [] : claimsAt(rows, place);
    at.style.cursor = found.length ? "pointer" : "";
    point(found[0] ?? null, event.clientX, event.clientY);
  });
  at.addEventListener("mouseleave", () => point(null));
  at.addEventListener("click", (event) => {
    if (!document.getSelection()?.isCollapsed) return;
    const place = painter.pointAt(event.clientX, event.clientY);
    const found = place === null ? [] : claimsAt(rows, place);
    // a second click at the same place goes on to the next claim there
    const next = found[(found.indexOf(current ?? "") + 1) % Math.max(1, found.length)] ?? null;
    choose(next, { scroll: true, words: false });
  });
  for (const [id, card] of cards) {
    card.addEventListener("mouseenter", () => { card.classList.add("pointed"); shade(id); });
    card.addEventListener("mouseleave", () => { card.classList.remove("pointed"); shade(current); });
    card.addEventListener("focusin", () => choose(id, { scroll: false, words: true }));
    card.addEventListener("click", () => choose(id, { scroll: false, words: true }));
  }
  document.addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "n" && event.key !== "p") return;
    const at = rows.findIndex((row) => row.claim.id === current);
    const row = rows[event.key === "n" ? Math.min(rows.length - 1, at + 1) : Math.max(0, at - 1)];
    if (!row) return;
    choose(row.claim.id, { scroll: true, words: true });
    cards.get(row.claim.id)?.focus({ preventScroll: true });
    event.preventDefault();
  });
  const asked = decodeURIComponent(location.hash).replace(/^#claim-/, "");
  if (cards.has(asked)) choose(asked, { scroll: true, words: true });
}
