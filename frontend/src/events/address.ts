// What is asked and chosen stands in the address: it can be shared, and going back takes the last step back.
import { effect } from "@preact/signals";
import { NOTHING, chosen, narrowed, narrowing, picked, query } from "./state";

/** The address's parameters for what is shown now. */
function parameters(): URLSearchParams {
  const asked = query(narrowing.value);
  if (chosen.value) asked.set("at", chosen.value);
  for (const each of picked.value) asked.append("pick", each);
  const language = new URLSearchParams(location.search).get("lang");
  if (language) asked.set("lang", language);
  return asked;
}

function taken(): void {
  const asked = new URLSearchParams(location.search);
  narrowing.value = narrowed(asked);
  chosen.value = asked.get("at");
  picked.value = asked.getAll("pick");
}

/** Take over what the address asks, and keep it up with what is asked. Letters typed are one step, not one each. */
export function follow(): () => void {
  taken();
  let begun = false;
  let words = narrowing.value.words;
  const stop = effect(() => {
    const asked = String(parameters());
    const now = asked ? `?${asked}` : location.pathname;
    if (asked !== String(new URLSearchParams(location.search))) {
      const typing = narrowing.value.words !== words && words !== "" && narrowing.value !== NOTHING;
      if (typing || !begun) history.replaceState(null, "", now);
      else history.pushState(null, "", now);
    }
    words = narrowing.value.words;
    begun = true;
    for (const link of document.querySelectorAll<HTMLAnchorElement>(".tongues a")) {
      const there = new URLSearchParams(asked);
      there.set("lang", link.hreflang);
      link.href = `?${there}`;
    }
  });
  const back = (): void => { words = new URLSearchParams(location.search).get("words") ?? ""; taken(); };
  addEventListener("popstate", back);
  return () => { stop(); removeEventListener("popstate", back); };
}
