// Asking the server, and sending it what a person decided.
import { t } from "./words";

let token = document.querySelector<HTMLMetaElement>("meta[name=csrf]")?.content ?? "";

/** The server said no, and why. */
export class Refused extends Error {
  constructor(message: string, readonly status: number) { super(message); }
}
/** No answer came: what was sent may have been kept or not. */
export class Unreachable extends Error {}

async function reach(address: string, given: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(address, given);
  } catch {
    throw new Unreachable(t("error.unreachable"));
  }
}

async function told<T>(answer: Response): Promise<T> {
  const body = (await answer.json().catch(() => ({ error: answer.statusText || String(answer.status) }))) as T & { error?: string; cure?: string };
  if (!answer.ok) throw new Refused([body.error, body.cure].filter(Boolean).join("; "), answer.status);
  return body;
}

export async function ask<T>(address: string): Promise<T> {
  return told<T>(await reach(address, { headers: { accept: "application/json" } }));
}

/** A piece of a page, as the server draws it. */
export async function piece(address: string): Promise<string> {
  const answer = await reach(address);
  if (!answer.ok) throw new Refused(answer.statusText || String(answer.status), answer.status);
  return answer.text();
}

/** A server that was started anew signs its forms anew: the page asks for its signature again and stays as it is. */
async function renew(): Promise<boolean> {
  const found = /<meta name="csrf" content="(\w+)"/.exec(await piece("/about").catch(() => ""))?.[1];
  const changed = found !== undefined && found !== token;
  token = found ?? token;
  return changed;
}

export async function send<T>(address: string, content: unknown): Promise<T> {
  const once = (): Promise<Response> => reach(address, {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrf-token": token },
    body: JSON.stringify(content),
  });
  const answer = await once();
  return told<T>(answer.status === 403 && (await renew()) ? await once() : answer);
}
