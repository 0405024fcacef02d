// Two lanes: when it happened, when it was reported. A brush over one of them, or two date fields, narrow all that is shown.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { brushX, type D3BrushEvent } from "d3-brush";
import { scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import { t } from "../words";
import { type Lane, TIMES, chosen, events, fitting, iso, narrowing, on, span } from "./state";

const DAY = 86_400_000;
const LANE = 56;
const TOP = 6;
const AXIS = 22;

function bounds(): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const event of events.value) {
    for (const lane of TIMES) {
      const days = span(event, lane);
      if (days) { low = Math.min(low, days[0]); high = Math.max(high, days[1]); }
    }
  }
  // however long the time, the first and the last day stand clear of the edge
  const room = Math.ceil((high - low) / 60);
  return low <= high ? [low - 1 - room, high + 2 + room] : [0, 1];
}

/** A year as a year, a month as a month, else the day. */
function named(tick: Date): string {
  return tick.toISOString().slice(0, 10).replace(/(-01)?-01$/, "");
}

function Lane({ lane, y, x, width }: { lane: Lane; y: number; x: (day: number) => number; width: number }) {
  // one column a pixel of the drawing: five thousand events are as quick as fifty
  const columns = new Map<number, number>();
  for (const event of fitting.value) {
    const days = span(event, lane);
    if (!days) continue;
    const [from, to] = [Math.floor(x(days[0]) / 3), Math.floor(x(Math.min(days[1], days[0] + 60)) / 3)];
    for (let column = from; column <= to; column += 1) columns.set(column, (columns.get(column) ?? 0) + 1);
  }
  const most = Math.max(1, ...columns.values());
  const event = events.value.find((each) => each.id === chosen.value);
  const at = event ? span(event, lane) : null;
  return (
    <g transform={`translate(0,${y})`}>
      <rect class="lane" width={width} height={LANE - 6} />
      {[...columns].map(([column, count]) => {
        const height = 4 + (LANE - 12) * Math.sqrt(count / most);
        return <rect class="bar" x={column * 3} y={LANE - 6 - height} width={2.5} height={height} />;
      })}
      {at && <rect class="now" x={x(at[0])} width={Math.max(3, x(at[1] + 1) - x(at[0]))} y={0} height={LANE - 6} />}
    </g>
  );
}

export function Timeline() {
  const brushes = useRef<SVGGElement>(null);
  const frame = useRef<HTMLElement>(null);
  const wide = useSignal(1000);
  const inLane = useSignal<Lane>("happened");
  const width = wide.value;
  useEffect(() => {
    if (!frame.current) return;
    // as many units as pixels: the words stay as large on a phone
    const watch = new ResizeObserver(([entry]) => { if (entry) wide.value = Math.max(240, Math.round(entry.contentRect.width) - 2); });
    watch.observe(frame.current);
    return () => watch.disconnect();
  }, []);
  const [low, high] = bounds();
  const scale = scaleUtc().domain([new Date(low * DAY), new Date(high * DAY)]).range([0, width]);
  const x = (day: number): number => scale(new Date(day * DAY));
  const dayAt = (clientX: number): number => {
    const box = brushes.current?.ownerSVGElement?.getBoundingClientRect();
    return box ? Math.floor(scale.invert((clientX - box.left) * (width / box.width)).getTime() / DAY) : 0;
  };
  const rightToLeft = document.documentElement.dir === "rtl";

  useEffect(() => {
    const at = brushes.current;
    if (!at) return;
    select(at).selectAll("*").remove();
    for (const [n, lane] of TIMES.entries()) {
      const brush = brushX<unknown>().extent([[0, 0], [width, LANE - 6]]).on("end", (event: D3BrushEvent<unknown>) => {
        if (!event.sourceEvent) return;
        const range = event.selection as [number, number] | null;
        if (!range) {
          // a click, not a stretch: what lies there is chosen
          const there = on(lane, dayAt((event.sourceEvent as MouseEvent).clientX));
          if (there && !narrowing.value.days) chosen.value = there.id;
          if (narrowing.value.days?.lane === lane) narrowing.value = { ...narrowing.value, days: null };
          return;
        }
        const [from, to] = range.map((each) => Math.floor(scale.invert(each).getTime() / DAY)) as [number, number];
        narrowing.value = { ...narrowing.value, days: { lane, from, to } };
      });
      const group = select(at).append("g").attr("transform", `translate(0,${TOP + n * LANE})`).call(brush);
      const days = narrowing.value.days;
      if (days?.lane === lane) group.call(brush.move, [x(days.from), x(days.to + 1)]);
    }
  }, [low, high, width, narrowing.value.days?.lane, narrowing.value.days?.from, narrowing.value.days?.to]);

  const days = narrowing.value.days;
  const set = (lane: Lane, from: number, to: number): void => { narrowing.value = { ...narrowing.value, days: { lane, from: Math.min(from, to), to: Math.max(from, to) } }; };
  const undated = events.value.filter((event) => !span(event, "happened")).length;
  return (
    <section class="timeline" ref={frame} aria-label={t("timeline.title")}>
      <svg dir="ltr" viewBox={`0 0 ${width} ${TOP + 2 * LANE + AXIS}`} role="img" aria-label={t("timeline.title")}>
        {TIMES.map((lane, n) => <Lane key={lane} lane={lane} y={TOP + n * LANE} x={x} width={width} />)}
        {scale.ticks(Math.max(2, Math.floor(width / 120))).map((tick) => (
          <g key={tick.getTime()} class="tick" transform={`translate(${scale(tick)},0)`}>
            <line y1={TOP} y2={TOP + 2 * LANE - 6} />
            <text y={TOP + 2 * LANE + 12} text-anchor={scale(tick) < 32 ? "start" : scale(tick) > width - 32 ? "end" : "middle"}>{named(tick)}</text>
          </g>
        ))}
        {TIMES.map((lane, n) => (
          <text key={lane} class="lane-name" x={rightToLeft ? width - 6 : 6} text-anchor={rightToLeft ? "end" : "start"} y={TOP + n * LANE + 13}>{t(`timeline.${lane}`)}</text>
        ))}
        <g ref={brushes} class="brushes" />
      </svg>
      <form class="days" onSubmit={(event) => event.preventDefault()}>
        <label>{t("timeline.lane")} <select value={days?.lane ?? inLane.value} onChange={(event) => { inLane.value = event.currentTarget.value as Lane; if (days) set(inLane.value, days.from, days.to); }}>
          {TIMES.map((lane) => <option key={lane} value={lane}>{t(`timeline.${lane}`)}</option>)}
        </select></label>
        <label>{t("timeline.from")} <input type="date" value={days ? iso(days.from) : ""} onChange={(event) => {
          const value = Date.parse(event.currentTarget.value) / DAY;
          if (!Number.isNaN(value)) set(days?.lane ?? inLane.value, value, days?.to ?? high);
        }} /></label>
        <label>{t("timeline.to")} <input type="date" value={days ? iso(days.to) : ""} onChange={(event) => {
          const value = Date.parse(event.currentTarget.value) / DAY;
          if (!Number.isNaN(value)) set(days?.lane ?? inLane.value, days?.from ?? low, value);
        }} /></label>
        {days && <button type="button" onClick={() => { narrowing.value = { ...narrowing.value, days: null }; }}>{t("events.clear")}</button>}
        {undated > 0 && <span class="meta">{t("timeline.undated", { count: undated })}</span>}
      </form>
    </section>
  );
}
