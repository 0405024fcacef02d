// One event: its map. All else of the page stands there without a script.
import { carried } from "../records";
import { t } from "../words";
import { EventMap } from "./map";
import type { Drawn } from "./state";

export function start(at: HTMLElement): void {
  const event = carried<Drawn | null>();
  if (!event?.points.length) { at.remove(); return; }
  const map = new EventMap(at, () => undefined, t("map.title"));
  void map.ground();
  map.draw([event]);
}
