// The records of the annotation guide as JSON brings them (docs/claims.md). Offsets are Unicode code points, half-open.
export interface Span { start: number; end: number; exact: string }
export interface Mention extends Span { by?: string; basis?: "stated" | "inferred"; reason?: string }
export interface Entity extends Mention { name?: string | null; kind?: string; identifier?: string | null }
export interface Place extends Mention {
  lat?: number | null; lon?: number | null; precision?: number; relation?: string; name?: string | null; country?: string | null;
  identifier?: string | null; disputed?: string | null;
}
export interface Time extends Mention {
  earliest?: string | null; latest?: string | null; anchored?: boolean; anchor?: string | null; granularity?: string | null; says?: string | null;
}
export interface Quantity extends Mention {
  kind?: string; low?: number | null; best?: number | null; high?: number | null; unit?: string | null;
}
export interface Label extends Mention { of?: string | null; neutral?: string | null }
export interface Link { source: Mention | null; cue: Mention; act: string; source_kind?: string; name?: string | null }
export interface Claim {
  id: string; content: Span; chain?: Link[]; polarity?: string; certainty?: string; status?: string; hedges?: Mention[];
  trigger?: Mention | null; type?: string | null; modes?: string[]; actors?: Entity[]; recipients?: Entity[]; places?: Place[];
  times?: Time[]; quantities?: Quantity[]; labels?: Label[]; acled?: string | null; by?: string; repeats?: string | null;
}
export interface Judged { claim: Claim; machine: Claim | null; state: string; by: string[]; judgements: string[] }
export interface Judgement {
  id: string; who: string; when: string; verdict: string; path?: string; replacement?: unknown; why?: string; undoes?: string | null;
  target?: { document: string; claim: string } | null; anchor?: Span | null;
}
export interface Report {
  document: { id: string; name: string; text: string; language?: { value: string } | null; title?: { value: string } | null; publisher?: { value: string } | null; published?: { value: string } | null };
  claims: Judged[]; orphans: Judgement[]; judgements: Judgement[];
}

/** The data a page carries in itself. */
export function carried<T>(): T {
  return JSON.parse(document.getElementById("data")?.textContent ?? "null") as T;
}
