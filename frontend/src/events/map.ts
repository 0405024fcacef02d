// The map: Leaflet on a canvas, Natural Earth as it comes with the program, nothing asked of any other machine.
import * as L from "leaflet";
import "leaflet/dist/leaflet.css";
import { feature } from "topojson-client";
import atlas from "world-atlas/countries-50m.json?url";
import { type World, borders, unbroken } from "./borders";
import { t } from "../words";
import type { Drawn } from "./state";

// Kilometres that a precision of 1 (the place itself) to 7 (wider than a country) leaves open.
export const RADIUS = [0, 2, 10, 25, 75, 100, 300, 800];

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

  /** Draw the land, borders in dispute as such, and the user's own boundaries. */
  async ground(): Promise<void> {
    const world = (await (await fetch(atlas)).json()) as World;
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
    const own = (await (await fetch("/api/boundaries")).json()) as GeoJSON.FeatureCollection;
    if (own.features.length) L.geoJSON(own, { style: { weight: 1.5, color: colour("--accent"), fillOpacity: 0.05 } }).addTo(this.map);
  }

  draw(events: Drawn[]): void {
    this.dots.clearLayers();
    this.areas.clearLayers();
    this.byId = new Map();
    this.drawn = events;
    const ink = colour("--accent");
    const warn = colour("--warn");
    for (const event of events) {
      for (const [lat, lon, precision, name] of event.points) {
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
        if (events.length <= 400 && precision > 1) {
          this.areas.addLayer(L.circle([lat, lon], { renderer: this.renderer, radius: (RADIUS[precision] ?? 800) * 1000, weight: 1, dashArray: "2 4", color: tint, opacity: 0.5, fillOpacity: 0.04, interactive: false }));
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
      for (const [lat, lon, precision] of event.points) found.extend(events.length > 1 ? [lat, lon] : L.latLng(lat, lon).toBounds((RADIUS[precision] ?? 800) * 2000));
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

  /** Let a person pick a point: the next click on the map is it. */
  pick(picked: (lat: number, lon: number) => void): void {
    this.map.once("click", (event: L.LeafletMouseEvent) => picked(event.latlng.lat, ((event.latlng.lng + 540) % 360) - 180));
  }
}
