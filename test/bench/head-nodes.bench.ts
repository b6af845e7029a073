import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { eventHub } from '../../src/pool/api/parts/event-hub.ts';
import { poolApp } from '../../src/pool/api/pool-app.ts';
import { auditLog } from '../../src/pool/audit/audit-log.ts';
import { openPeople } from '../../src/pool/people/people.ts';
import { bootsSeen } from '../../src/pool/public/boots-seen.ts';
import { imagesThere } from '../../src/pool/public/images-there.ts';
import { visitReader } from '../../src/pool/public/read-visit.ts';
import { openPoolStore } from '../../src/pool/store/pool-store.ts';
import { printComparison } from './compare.ts';
import { tell } from './frame/tell.ts';
import { addressOf, largeHead, largePoolFiles, macOf } from './pool/large-head.ts';

const [RULES, MANY, FEW] = [100, 10_000, 500];

/** A head that has so many nodes, each of which has asked once; asked by its administrator. */
async function headWith(
  directory: string,
  nodes: number,
): Promise<(method: 'GET' | 'PATCH', path: string, body?: object) => Promise<void>> {
  for (const [path, text] of Object.entries(largePoolFiles({ nodes, rules: RULES }))) {
    await mkdir(dirname(join(directory, 'pool', path)), { recursive: true });
    await writeFile(join(directory, 'pool', path), text);
  }
  const { app: machines, book } = await largeHead(directory, { nodes, rules: RULES, imageBytes: 1024 });
  for (let number = 0; number < nodes; number += 1)
    await machines.inject({
      url: `/boot/${macOf(number)}?serial=SN${number}`,
      remoteAddress: addressOf(number),
      headers: { host: '127.0.0.1', 'user-agent': 'iPXE/1.21' },
    });
  const now = (): Date => new Date();
  const store = await openPoolStore(join(directory, 'pool'), { stateDirectory: join(directory, 'state'), now });
  const kernelMessages = { of: async (): Promise<undefined> => undefined };
  const app = poolApp({
    ...{ store, events: eventHub(), version: '1', log: silentLog, hosts: undefined, trusts: { name: 'root', role: 'admin' } },
    people: openPeople({ file: join(directory, 'users.yaml'), now, nowMs: Date.now }),
    audit: auditLog(join(directory, 'audit.jsonl'), { now }),
    boots: bootsSeen({ book, kernelMessages, pool: () => store.state().pool, nowMs: Date.now }),
    images: imagesThere(join(directory, 'images')),
    certificate: { trouble: () => undefined },
    visits: visitReader(directory),
  });
  return async (method, path, body) => {
    const { statusCode, body: text } = await app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { 'if-match': '*' },
      ...(body === undefined ? {} : { payload: body }),
    });
    if (statusCode !== 200) throw new Error(`${method} ${path}: ${statusCode} ${text.slice(0, 300)}`);
  };
}

await using directory = await temporaryDirectory('recon-bench-');
const few = await headWith(join(directory.path, 'few'), FEW);
const many = await headWith(join(directory.path, 'many'), MANY);
const times = (count: number, work: (turn: number) => Promise<void>) => async (): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await work(turn);
};
let turn = 0;
const click = (ask: typeof few, nodes: number) => (): Promise<void> => {
  turn += 1;
  return ask('PATCH', `/nodes/n${turn % nodes}`, { note: `turn ${turn}` });
};

const [fewLists, manyLists] = await printComparison('GET /api/v1/nodes: the same number of rows in all, so 1.00 is linear', [
  [`${FEW} nodes, ${MANY / FEW} times`, times(MANY / FEW, () => few('GET', '/nodes'))],
  [`${MANY} nodes, once`, times(1, () => many('GET', '/nodes'))],
]);
tell('head-nodes.list', { ours: manyLists.cpuMs, theirs: fewLists.cpuMs });
const [ofFew, ofMany] = await printComparison('one node of all', [
  [`of ${FEW} nodes`, times(10, () => few('GET', '/nodes/n7'))],
  [`of ${MANY} nodes`, times(10, () => many('GET', '/nodes/n7'))],
]);
tell('head-nodes.one', { ours: ofMany.cpuMs, theirs: ofFew.cpuMs });
const [fewChanges, oneChange] = await printComparison('one node changed, from the request to the accepted revision', [
  [`of ${FEW} nodes, ${MANY / FEW} times`, times(MANY / FEW, click(few, FEW))],
  [`of ${MANY} nodes, once`, times(1, click(many, MANY))],
]);
tell('head-nodes.change', { ours: oneChange.cpuMs, theirs: fewChanges.cpuMs });
process.exit();
