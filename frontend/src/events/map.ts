// The map: Leaflet on a canvas, Natural Earth as it comes with the program, nothing asked of any other machine.
import * as L from "leaflet";
import "leaflet/dist/leaflet.css";
import { mesh, feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "world-atlas/countries-50m.json?url";
import disputed from "./disputed.json";
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

  constructor(at: HTMLElement, private readonly choose: (id: string) => void, private readonly label: string) {
    at.setAttribute("role", "application");
    at.setAttribute("aria-label", this.label);
    this.map = L.map(at, { renderer: this.renderer, preferCanvas: true, worldCopyJump: true, attributionControl: true, zoomSnap: 0.5, minZoom: 1, maxZoom: 12 });
    this.map.attributionControl.setPrefix(false).addAttribution(`Natural Earth · ${t("map.disputed")}`);
    this.map.setView([24, 25], 2);
    this.areas.addTo(this.map);
    this.dots.addTo(this.map);
  }

  /** Draw the land, borders in dispute as such, and the user's own boundaries. */
  async ground(): Promise<void> {
    const topology = (await (await fetch(atlas)).json()) as Topology<{ countries: GeometryCollection; land: GeometryCollection }>;
    L.geoJSON(feature(topology, topology.objects.land), {
      interactive: false, style: { stroke: true, weight: 0.6, color: colour("--dim"), fillColor: colour("--land"), fillOpacity: 1 },
    }).addTo(this.map).bringToBack();
    const borders = mesh(topology, topology.objects.countries, (a, b) => a !== b);
    L.geoJSON(borders, { interactive: false, style: { weight: 0.8, color: colour("--dim"), opacity: 0.7 } }).addTo(this.map);
    L.geoJSON(disputed as GeoJSON.FeatureCollection, {
      style: { weight: 2, color: colour("--paper"), dashArray: "3 5", opacity: 1 },
      onEachFeature: (each, layer) => layer.bindTooltip(String((each.properties as { name: string }).name), { sticky: true }),
    }).addTo(this.map);
    const own = (await (await fetch("/api/boundaries")).json()) as GeoJSON.FeatureCollection;
    if (own.features.length) L.geoJSON(own, { style: { weight: 1.5, color: colour("--accent"), fillOpacity: 0.05 } }).addTo(this.map);
  }

  draw(events: Drawn[]): void {
    this.dots.clearLayers();
    this.areas.clearLayers();
    this.byId = new Map();
    const ink = colour("--accent");
    const warn = colour("--warn");
    for (const event of events) {
      for (const [lat, lon, precision, name] of event.points) {
        const tint = event.contradictions ? warn : ink;
        const dot = L.circleMarker([lat, lon], { renderer: this.renderer, radius: 4 + Math.min(6, Math.sqrt(event.reports) * 1.5), weight: 1, color: tint, fillColor: tint, fillOpacity: 0.45 });
        dot.on("click", () => this.choose(event.id));
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
    const points = events.flatMap((event) => event.points.map(([lat, lon]) => [lat, lon] as [number, number]));
    if (points.length) this.map.fitBounds(L.latLngBounds(points), { maxZoom: 7, padding: [24, 24], animate: false });
  }

  mark(id: string | null, events: Drawn[]): void {
    const event = events.find((each) => each.id === id);
    for (const [each, dots] of this.byId) for (const dot of dots) dot.setStyle({ weight: each === id ? 4 : 1 });
    const point = event?.points[0];
    if (point && !this.map.getBounds().contains([point[0], point[1]])) this.map.setView([point[0], point[1]], Math.max(this.map.getZoom(), 5), { animate: false });
  }

  /** Let a person pick a point: the next click on the map is it. */
  pick(picked: (lat: number, lon: number) => void): void {
    this.map.once("click", (event: L.LeafletMouseEvent) => picked(event.latlng.lat, ((event.latlng.lng + 540) % 360) - 180));
  }
}
