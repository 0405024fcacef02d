// A report dropped or pasted anywhere on the page is read at once; while it is, the page says so.
import { t } from "./words";

/** Whether something pasted or dropped there is meant for a field. */
const typed = (event: Event): boolean => event.target instanceof Element && event.target.matches("input, textarea");

export function start(at: HTMLElement): void {
  const form = at as HTMLFormElement;
  const file = form.querySelector<HTMLInputElement>("input[type=file]")!;
  const area = form.querySelector("textarea")!;
  const note = form.querySelector<HTMLElement>("#reading")!;
  form.querySelector<HTMLElement>("#drop")!.hidden = false;

  /** Read what was given at once; whether there was anything. */
  function take(given: DataTransfer | null): boolean {
    const text = given?.getData("text/plain");
    if (given?.files.length) file.files = given.files;
    else if (text?.trim()) area.value = text;
    else return false;
    form.requestSubmit();
    return true;
  }

  const over = (shown: boolean) => (event: DragEvent): void => {
    if (typed(event) && !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    document.body.classList.toggle("dropping", shown);
  };
  document.addEventListener("dragover", over(true));
  document.addEventListener("dragleave", over(false));
  document.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.defaultPrevented) take(event.dataTransfer);
  });
  document.addEventListener("paste", (event) => {
    // a file is meant to be read wherever it is pasted, a text only beside the fields
    if (typed(event) && !event.clipboardData?.files.length) return;
    if (take(event.clipboardData)) event.preventDefault();
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  const busy = (names: string[]): void => {
    note.hidden = names.length === 0;
    note.textContent = names.length ? t("home.reading", { name: names.join(t("app.comma")) }) : "";
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-busy", String(names.length > 0));
  };
  form.addEventListener("submit", (event) => {
    // a second click would read it twice
    if (!note.hidden) { event.preventDefault(); return; }
    const names = [...(file.files ?? [])].map((each) => each.name);
    busy(area.value.trim() || names.length === 0 ? [...names, t("home.pasted")] : names);
  });
  window.addEventListener("pageshow", () => busy([]));
}
