// Picking a place's point on the map: by a click, or by keyboard.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { EventMap } from "../events/map";
import { t } from "../words";

/** Where the point is now, if anywhere, and who wants to know where it is put. */
export interface Wanted { at: [number, number] | null; take: (lat: number, lon: number) => void }

export function PointMap({ wanted, done }: { wanted: Wanted; done: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const told = useSignal("");
  useEffect(() => {
    const back = document.activeElement as HTMLElement | null;
    const map = new EventMap(box.current!, () => undefined, t("map.pick"));
    void map.ground();
    if (wanted.at) map.look(...wanted.at);
    map.pick((lat, lon) => { wanted.take(lat, lon); done(); }, (lat, lon) => { told.value = t("review.point", { at: `${lat.toFixed(4)}, ${lon.toFixed(4)}` }); });
    box.current!.focus();
    box.current!.scrollIntoView({ block: "nearest" });
    return () => { map.close(); back?.focus(); };
  }, [wanted]);
  return (
    <div onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); done(); } }}>
      <p class="note" id="picking">{t("review.picking")}</p>
      <div class="map small" ref={box} dir="ltr" tabindex={0} aria-describedby="picking" />
      <p class="meta" role="status"><bdi>{told.value}</bdi></p>
    </div>
  );
}
