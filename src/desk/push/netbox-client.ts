import { z } from 'zod';
import { ReconError } from '../../domain/errors.ts';
import { NETBOX_KINDS, type NetboxKind } from '../../report/netbox-push/kinds.ts';
import type { NetboxObject } from '../../report/netbox-push/netbox-object.ts';
import type { RequestBody } from '../../report/netbox-push/request-body.ts';
import { type Exchange, exchangeWith, type NetboxConnection, type NetboxDeps } from './exchange.ts';
import { netboxWords } from './netbox-words.ts';
import { refusal } from './refusal.ts';

/** Asks a NetBox. */
export interface NetboxClient {
  /** major and minor version */
  version(): Promise<readonly [number, number]>;
  /** all objects that a filter lets through, page by page */
  list(kind: NetboxKind, query: readonly FilterWord[]): Promise<NetboxObject[]>;
  /** makes or changes objects, all of them or none */
  send(kind: NetboxKind, method: 'POST' | 'PATCH', bodies: readonly RequestBody[]): Promise<Sent>;
}

export type FilterWord = readonly [name: string, value: string];
export type Sent =
  | { outcome: 'done'; objects: readonly NetboxObject[] }
  /** NetBox's own words on why it takes none of them */
  | { outcome: 'refused'; words: string }
  /** nobody knows whether it was done */
  | { outcome: 'unanswered'; why: string };

/** The most that NetBox gives in one page unless somebody set it higher. */
const PAGE_OBJECTS = 1000;
/** gunicorn, which NetBox runs in, takes a first line of 4,094 characters; the rest is for the path in front of a proxy. */
const MOST_QUERY = 3000;

const Status = z.looseObject({ 'netbox-version': z.string() });
const AnyObject = z.looseObject({ id: z.int() });
const Page = z.looseObject({ next: z.string().nullish(), results: z.array(AnyObject) });

export function netboxClient(connection: NetboxConnection, deps: NetboxDeps): NetboxClient {
  const exchange = exchangeWith(connection, deps);
  const name = connection.name;
  return {
    version: async () => {
      const { text } = await asked(exchange, name, 'status/', undefined);
      const said = Status.safeParse(jsonOf(text)).data?.['netbox-version'];
      const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(said ?? '') ?? [];
      if (major === undefined || minor === undefined) throw noNetbox(name);
      return [Number(major), Number(minor)];
    },
    list: async (kind, query) => {
      const found: NetboxObject[] = [];
      for (const some of shortQueries(query)) found.push(...(await pages(exchange, name, kind, some)));
      return found;
    },
    send: (kind, method, bodies) => sent(exchange, name, { kind, method, bodies }),
  };
}

/** `next` may name a host that only the server knows (behind a proxy), and the token goes nowhere but to the URL that was given: pages are counted. */
async function pages(exchange: Exchange, name: string, kind: NetboxKind, query: readonly FilterWord[]): Promise<NetboxObject[]> {
  const found: NetboxObject[] = [];
  for (;;) {
    const words = queryWords(query);
    for (const [key, value] of [
      ['ordering', 'id'],
      ['limit', PAGE_OBJECTS],
      ['offset', found.length],
    ] as const)
      words.set(key, String(value));
    const { text } = await asked(exchange, name, `${NETBOX_KINDS[kind].path}/?${words}`, kind);
    const page = Page.safeParse(jsonOf(text));
    if (!page.success) throw noNetbox(name);
    found.push(...page.data.results);
    if (page.data.next === null || page.data.next === undefined || page.data.results.length === 0) return found;
  }
}

async function asked(exchange: Exchange, name: string, path: string, kind: NetboxKind | undefined): Promise<{ text: string }> {
  const answer = await exchange({ method: 'GET', path });
  if (answer.kind === 'none') throw new ReconError('netbox-unreachable', `${name} does not answer: ${answer.why}`, { hint: answer.hint });
  if (answer.status === 200) return answer;
  throw refusal(name, { ...answer, method: 'GET', model: kind === undefined ? undefined : NETBOX_KINDS[kind].model });
}

interface SentObjects {
  kind: NetboxKind;
  method: 'POST' | 'PATCH';
  bodies: readonly RequestBody[];
}

async function sent(exchange: Exchange, name: string, { kind, method, bodies }: SentObjects): Promise<Sent> {
  const { path, model } = NETBOX_KINDS[kind];
  const answer = await exchange({ method, path: `${path}/`, body: JSON.stringify(bodies) });
  if (answer.kind === 'none') return { outcome: 'unanswered', why: answer.why };
  if (answer.status === 400) return { outcome: 'refused', words: netboxWords(answer.text) };
  if (answer.status >= 500) return { outcome: 'unanswered', why: `it answered ${answer.status}` };
  if (answer.status !== 200 && answer.status !== 201) throw refusal(name, { ...answer, method, model });
  const made = z.array(AnyObject).safeParse(jsonOf(answer.text));
  if (!made.success || made.data.length !== bodies.length) throw noNetbox(name);
  return { outcome: 'done', objects: made.data };
}

/** Long filters by turns. Words that are in every one stand first and do not repeat (`brief`); the others are of one name, and any of them lets an object through. */
function shortQueries(query: readonly FilterWord[]): FilterWord[][] {
  const fixed = query.filter(([word]) => word === 'brief' || word === 'exclude');
  const rest = query.filter((one) => !fixed.includes(one));
  if (rest.length === 0) return [[...fixed]];
  const queries: FilterWord[][] = [];
  let length = MOST_QUERY;
  for (const one of rest) {
    const own = queryWords([one]).toString().length + 1;
    length += own;
    const [previous] = queries.at(-1)?.at(-1) ?? [];
    if (length > MOST_QUERY || previous !== one[0]) {
      queries.push([...fixed]);
      length = own;
    }
    queries.at(-1)?.push(one);
  }
  return queries;
}

function queryWords(query: readonly FilterWord[]): URLSearchParams {
  const words = new URLSearchParams();
  for (const [name, value] of query) words.append(name, value);
  return words;
}

function noNetbox(name: string): ReconError {
  return new ReconError('netbox-unreachable', `${name} does not answer as NetBox's API does`, {
    hint: 'is that the URL that NetBox has in the browser, without /api?',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
