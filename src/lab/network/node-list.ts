import { z } from 'zod';
import { NodeSummary, PATHS } from '../../domain/api.ts';
import type { NetworkNamespace } from '../../platform/network/network-namespace.ts';
import { run } from '../../platform/process/command.ts';

/** An answer of the master to `GET /nodes`. */
export interface NodeList {
  nodes: NodeSummary[];
  /** the master's clock minus the host's; HTTP dates are whole seconds, so this is ± 1 s */
  clockOffsetMs: number | undefined;
}

const Body = z.union([z.array(NodeSummary), z.looseObject({ nodes: z.array(NodeSummary) })]);

/** Asks the master which machines it knows; undefined while it does not answer. */
export async function askForNodes(namespace: NetworkNamespace, masterAddress: string): Promise<NodeList | undefined> {
  const url = `http://${masterAddress}${PATHS.nodes}`;
  const argv = namespace.inside(['curl', '--silent', '--include', '--max-time', '10', '--header', 'Accept: application/json', url]);
  const result = await run(argv, { timeoutMs: 15_000 });
  return result.status === 'ok' ? parseNodeAnswer(result.stdout.toString('utf8'), Date.now()) : undefined;
}

/** Reads an HTTP answer with its header; undefined when it is not a list of nodes. */
export function parseNodeAnswer(answer: string, nowMs: number): NodeList | undefined {
  const at = answer.indexOf('\r\n\r\n');
  const head = answer.slice(0, Math.max(at, 0));
  if (!/^HTTP\/[\d.]+ 200 /.test(head)) return undefined;
  const body = Body.safeParse(parseJson(answer.slice(at + 4)));
  if (!body.success) return undefined;
  const date = /^date: *(.+)$/im.exec(head)?.[1];
  const dateMs = date === undefined ? Number.NaN : Date.parse(date);
  const nodes = Array.isArray(body.data) ? body.data : body.data.nodes;
  return { nodes, clockOffsetMs: Number.isNaN(dateMs) ? undefined : dateMs + 500 - nowMs };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
