// A report beside its claims: the words of a claim light up with its card, the card with its words, by mouse and by keyboard.
import { Painter, claimsAt } from "./marks";
import { type Report, carried } from "./records";

export function start(): void {
  const report = carried<Report>();
  const at = document.getElementById("text");
  if (!report || !at) return;
  const painter = new Painter(at, report.document.text);
  const rows = report.claims;
  painter.paintAll(rows);
  const cards = new Map([...document.querySelectorAll<HTMLElement>("[data-claim]")].map((card) => [card.dataset["claim"] ?? "", card]));
  let current: string | null = null;

  function choose(id: string | null, { scroll, words }: { scroll: boolean; words: boolean }): void {
    if (current) cards.get(current)?.classList.remove("current");
    current = id;
    const row = rows.find((each) => each.claim.id === id);
    painter.paint("content", row ? [row.claim.content] : [], -1);
    if (!row || !id) return;
    const card = cards.get(id);
    card?.classList.add("current");
    if (scroll) card?.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    if (words) painter.show(row.claim.trigger ?? row.claim.content);
  }

  at.addEventListener("mousemove", (event) => {
    const point = painter.pointAt(event.clientX, event.clientY);
    at.style.cursor = point !== null && claimsAt(rows, point).length ? "pointer" : "";
  });
  at.addEventListener("click", (event) => {
    if (!document.getSelection()?.isCollapsed) return;
    const point = painter.pointAt(event.clientX, event.clientY);
    const found = point === null ? [] : claimsAt(rows, point);
    // a second click at the same place goes on to the next claim there
    const next = found[(found.indexOf(current ?? "") + 1) % Math.max(1, found.length)] ?? null;
    choose(next, { scroll: true, words: false });
  });
  for (const [id, card] of cards) {
    card.addEventListener("mouseenter", () => choose(id, { scroll: false, words: false }));
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
