// The map: Leaflet on a canvas, Natural Earth as it comes with the program, nothing asked of any other machine.
import * as L from "leaflet";
import "leaflet/dist/leaflet.css";
import { feature } from "topojson-client";
import atlas from "world-atlas/countries-50m.json?url";
import { type World, borders, unbroken } from "./borders";
import { t } from "../words";
import type { Drawn } from "./state";

/** Which way an arrow key goes on the screen. */
const ARROWS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A colour of the style sheet as a canvas understands it: light-dark() and variables worked out. */
function colour(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

export class EventMap {
  private readonly map: L.Map;
  private readonly dots = L.layerGroup();
  private readonly areas = L.layerGroup();
  private readonly renderer = L.canvas({ padding: 0.3 });
  private byId = new Map<string, L.CircleMarker[]>();
  private fitted = false;
  private drawn: Drawn[] = [];
  /** What was chosen on the map itself: the map stays where the person has it. */
  private own: string | null = null;
  /** Ends what is still being asked for when the map goes: nothing can be drawn on a map that is no more. */
  private readonly closing = new AbortController();

  constructor(at: HTMLElement, private readonly choose: (id: string) => void, private readonly label: string) {
    at.setAttribute("role", "application");
    at.setAttribute("aria-label", this.label);
    const corner = document.documentElement.dir === "rtl" ? "topright" : "topleft";
    this.map = L.map(at, { zoomControl: false, renderer: this.renderer, preferCanvas: true, worldCopyJump: true, attributionControl: true, zoomSnap: 0.5, minZoom: 1, maxZoom: 12 });
    L.control.zoom({ position: corner, zoomInTitle: t("map.zoom_in"), zoomOutTitle: t("map.zoom_out") }).addTo(this.map);
    const whole = new L.Control({ position: corner });
    whole.onAdd = () => {
      const button = L.DomUtil.create("button", "whole");
      button.type = "button";
      button.textContent = "⤢";
      button.title = t("map.all");
      button.setAttribute("aria-label", t("map.all"));
      L.DomEvent.disableClickPropagation(button).on(button, "click", () => this.fit(this.drawn));
      return button;
    };
    whole.addTo(this.map);
    this.map.attributionControl.setPrefix(false).addAttribution(`Natural Earth · ${t("map.disputed")} · ${t("map.radius")}`);
    this.map.setView([24, 25], 2);
    this.areas.addTo(this.map);
    this.dots.addTo(this.map);
  }

  /** Draw the land, borders in dispute as such, and the user's own boundaries; nothing more once the map is closed. */
  async ground(): Promise<void> {
    try {
      this.lay((await this.asked(atlas)) as World);
      const own = (await this.asked("/api/boundaries")) as GeoJSON.FeatureCollection;
      if (own.features.length) L.geoJSON(own, { style: { weight: 1.5, color: colour("--accent"), fillOpacity: 0.05 } }).addTo(this.map);
    } catch (error) {
      if (!this.closing.signal.aborted) throw error;
    }
  }

  /** What an address of this server answers; it throws when the map is closed before. */
  private async asked(address: string): Promise<unknown> {
    const answer: unknown = await (await fetch(address, { signal: this.closing.signal })).json();
    this.closing.signal.throwIfAborted();
    return answer;
  }

  private lay(world: World): void {
    const land = feature(world, world.objects.land).features.map((each) => {
      const shape = each.geometry as GeoJSON.MultiPolygon;
      return { ...each, geometry: { ...shape, coordinates: shape.coordinates.map((rings) => rings.map((ring) => unbroken(ring as [number, number][]))) } };
    });
    L.geoJSON({ type: "FeatureCollection", features: land } as GeoJSON.FeatureCollection, {
      interactive: false, style: { stroke: true, weight: 0.6, color: colour("--dim"), fillColor: colour("--land"), fillOpacity: 1 },
    }).addTo(this.map).bringToBack();
    const { settled, contested } = borders(world);
    const drawn = (lines: [number, number][][]): GeoJSON.MultiLineString => ({ type: "MultiLineString", coordinates: lines });
    L.geoJSON(drawn(settled), { interactive: false, style: { weight: 0.8, color: colour("--dim"), opacity: 0.7 } }).addTo(this.map);
    for (const { name, lines } of contested) {
      L.geoJSON(drawn(lines), { style: { weight: 1.5, color: colour("--dim"), dashArray: "4 5", lineCap: "butt" } }).bindTooltip(name, { sticky: true }).addTo(this.map);
    }
  }

  draw(events: Drawn[]): void {
    this.dots.clearLayers();
    this.areas.clearLayers();
    this.byId = new Map();
    this.drawn = events;
    const ink = colour("--accent");
    const warn = colour("--warn");
    // one circle for all that is known to be there as exactly; of very many the rim alone, or they would hide the map
    const circles = new Set<string>();
    const filled = events.length <= 400;
    for (const event of events) {
      for (const [lat, lon, km, name] of event.points) {
        const tint = event.contradictions ? warn : ink;
        const dot = L.circleMarker([lat, lon], { renderer: this.renderer, radius: 4 + Math.min(6, Math.sqrt(event.reports) * 1.5), weight: 1, color: tint, fillColor: tint, fillOpacity: 0.45 });
        dot.on("click", () => { this.own = event.id; this.choose(event.id); });
        dot.bindTooltip(() => {
          const box = document.createElement("bdi");
          box.textContent = `${name}: ${event.title}`.slice(0, 160);
          return box;
        });
        this.dots.addLayer(dot);
        this.byId.set(event.id, [...(this.byId.get(event.id) ?? []), dot]);
        const circle = `${lat} ${lon} ${km} ${tint}`;
        if (km > 0 && !circles.has(circle)) {
          circles.add(circle);
          this.areas.addLayer(L.circle([lat, lon], { renderer: this.renderer, radius: km * 1000, weight: 1, dashArray: filled ? "2 4" : undefined, color: tint, opacity: filled ? 0.5 : 0.25, fill: filled, fillOpacity: 0.04, interactive: false }));
        }
      }
    }
    if (!this.fitted && events.some((event) => event.points.length)) {
      this.fitted = true;
      this.fit(events);
    }
  }

  fit(events: Drawn[]): void {
    const found = L.latLngBounds([]);
    for (const event of events) {
      // of one event the whole circle its place may be in; of many the points
      for (const [lat, lon, km] of event.points) found.extend(events.length > 1 ? [lat, lon] : L.latLng(lat, lon).toBounds(Math.max(km, 10) * 2000));
    }
    if (found.isValid()) this.map.fitBounds(found, { maxZoom: 7, padding: [24, 24], animate: false });
  }

  mark(id: string | null, events: Drawn[]): void {
    const event = events.find((each) => each.id === id);
    for (const [each, dots] of this.byId) for (const dot of dots) dot.setStyle({ weight: each === id ? 4 : 1 });
    const points = event?.points ?? [];
    const seen = points.every(([lat, lon]) => this.map.getBounds().contains([lat, lon]));
    if (event && points.length && this.own !== id && (!seen || this.map.getZoom() < 5)) this.fit([event]);
    this.own = null;
  }

  look(lat: number, lon: number): void {
    this.map.setView([lat, lon], 6, { animate: false });
  }

  /** Let a person pick a point: by a click, or by keyboard, the arrows moving a point from the middle of the map. */
  pick(picked: (lat: number, lon: number) => void, moved: (lat: number, lon: number) => void = () => undefined): void {
    const point = L.circleMarker(this.map.getCenter(), { radius: 8, weight: 4, color: colour("--warn"), fill: false, interactive: false }).addTo(this.map);
    const at = (place: L.LatLng): [number, number] => [place.lat, place.wrap().lng];
    this.map.keyboard.disable();
    this.map.on("click", (event: L.LeafletMouseEvent) => picked(...at(event.latlng)));
    L.DomEvent.on(this.map.getContainer(), "keydown", (given) => {
      const event = given as KeyboardEvent;
      const by = ARROWS[event.key];
      if (by) {
        const far = event.shiftKey ? 40 : 4;
        point.setLatLng(this.map.containerPointToLatLng(this.map.latLngToContainerPoint(point.getLatLng()).add([by[0] * far, by[1] * far])));
        this.map.panInside(point.getLatLng(), { padding: [30, 30], animate: false });
        moved(...at(point.getLatLng()));
      } else if (event.key === "+" || event.key === "=" || event.key === "-") this.map.setZoomAround(point.getLatLng(), this.map.getZoom() + (event.key === "-" ? -1 : 1), { animate: false });
      else if (event.key === "Enter" && event.target === this.map.getContainer()) picked(...at(point.getLatLng()));
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  close(): void {
    this.closing.abort();
    this.map.remove();
  }
}
