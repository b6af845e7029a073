import type { ControlAction } from '../../domain/page-paths.ts';
import { CONTROL_PATHS, PAGE_PATHS, PIN_HEADER } from '../../domain/page-paths.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { LiveChanges, NodePage, VisitSummary } from '../../domain/web-api.ts';

const PATIENCE_MS = 10_000;
/** Sealing writes everything to a stick that may be slow. */
const CONTROL_PATIENCE_MS = 300_000;

/** What changed since; undefined when nothing did. */
export async function askForChanges(since: string | undefined): Promise<LiveChanges | undefined> {
  const answer = await get(`${PAGE_PATHS.changes}?since=${encodeURIComponent(since ?? '')}`);
  return answer.status === 204 ? undefined : ((await answer.json()) as LiveChanges);
}

/** The visit with the whole list of expected machines. */
export async function askForVisit(): Promise<VisitSummary> {
  return (await (await get(PAGE_PATHS.visit)).json()) as VisitSummary;
}

export function recordUrl(mac: string): string {
  return `${PAGE_PATHS.nodes}/${mac.replaceAll(':', '-')}/record`;
}

export async function askForMachine(mac: string): Promise<NodePage> {
  return (await (await get(`${PAGE_PATHS.nodes}/${mac.replaceAll(':', '-')}`)).json()) as NodePage;
}

/** How a wish that needs the PIN ended. */
export type ControlAnswer =
  | { ok: true; tarball: { name: string; machines: number } | undefined }
  | { ok: false; code: string; message: string };

export async function sendCommand(action: ControlAction, pin: string): Promise<ControlAnswer> {
  try {
    const signal = AbortSignal.timeout(CONTROL_PATIENCE_MS);
    const answer = await fetch(CONTROL_PATHS[action], { method: 'POST', headers: { [PIN_HEADER]: pin }, signal });
    if (!answer.ok) return { ok: false, ...(await refusal(answer)) };
    return { ok: true, tarball: answer.status === 204 ? undefined : await answer.json() };
  } catch (error) {
    return {
      ok: false,
      code: 'unreachable',
      message: `The master does not answer (${messageOf(error)}).`,
    };
  }
}

/** @throws Error in words when the master refuses or does not answer */
async function get(path: string): Promise<Response> {
  const answer = await fetch(path, { signal: AbortSignal.timeout(PATIENCE_MS), cache: 'no-store' });
  if (!answer.ok) throw new Error((await refusal(answer)).message);
  return answer;
}

async function refusal(answer: Response): Promise<{ code: string; message: string }> {
  const body: { code?: string; message?: string; hint?: string } = await answer.json().catch(() => ({}));
  const { code = String(answer.status), message = `the master answers ${answer.status}`, hint = '' } = body;
  return { code, message: `${message[0]?.toUpperCase()}${message.slice(1)}. ${hint}`.trim() };
}
