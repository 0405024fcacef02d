// The one script of the workbench. Each page says by data-role which part of it it needs; all pages read without it.
const parts: Record<string, () => Promise<{ start: (at: HTMLElement) => void }>> = {
  home: () => import("./home"),
  reader: () => import("./reader"),
  events: () => import("./events/page"),
  event: () => import("./events/one"),
  review: () => import("./review/page"),
};

for (const at of document.querySelectorAll<HTMLElement>("[data-role]")) {
  const part = parts[at.dataset["role"] ?? ""];
  if (part) void part().then((loaded) => loaded.start(at));
}

// The note about models that load goes away when they have.
const note = document.getElementById("state");
if (note?.dataset["state"] === "loading") {
  const ask = async (): Promise<void> => {
    const answer = (await (await fetch("/api/status")).json()) as { state: string };
    if (answer.state === "loading") window.setTimeout(() => void ask(), 1000);
    else if (answer.state === "ready") note.remove();
    else window.location.reload();
  };
  window.setTimeout(() => void ask(), 1000);
}
