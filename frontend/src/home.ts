// A report dropped anywhere on the page is read at once.
export function start(at: HTMLElement): void {
  const form = at.closest("form") ?? document.querySelector<HTMLFormElement>("#put");
  const file = form?.querySelector<HTMLInputElement>("input[type=file]");
  if (!form || !file) return;
  document.addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
  document.addEventListener("dragleave", () => document.body.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    const text = event.dataTransfer?.getData("text/plain");
    if (event.dataTransfer?.files.length) {
      file.files = event.dataTransfer.files;
      form.requestSubmit();
    } else if (text) {
      const area = form.querySelector("textarea");
      if (area) area.value = text;
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-busy", "true");
  });
}
