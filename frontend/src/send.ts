// Asking the server, and sending it what a person decided.
const token = document.querySelector<HTMLMetaElement>("meta[name=csrf]")?.content ?? "";

export class Refused extends Error {}

export async function ask<T>(address: string): Promise<T> {
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  const body = (await answer.json()) as T & { error?: string; cure?: string };
  if (!answer.ok) throw new Refused([body.error, body.cure].filter(Boolean).join("; "));
  return body;
}

export async function send<T>(address: string, content: unknown): Promise<T> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrf-token": token },
    body: JSON.stringify(content),
  });
  const body = (await answer.json().catch(() => ({ error: answer.statusText }))) as T & { error?: string; cure?: string };
  if (!answer.ok) throw new Refused([body.error, body.cure].filter(Boolean).join("; "));
  return body;
}
