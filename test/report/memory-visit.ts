import type { LedgerEvent } from '../../src/domain/ledger.ts';
import type { NodeRecord } from '../../src/domain/record/node-record.ts';
import type { VerdictRow } from '../../src/domain/visit-tarball.ts';
import { judgeFleet, machineFacts } from '../../src/judge/judge-fleet.ts';
import type { Visit, VisitNode } from '../../src/tarball/visit.ts';

/** A visit of these records, judged as a master judges it, without a tarball. */
export function memoryVisit(records: readonly NodeRecord[], verdicts: readonly VerdictRow[] = []): Visit {
  const nodes = records.map((record, at): VisitNode => ({ mac: visitMac(at), revision: 1, record }));
  const { findings, identity } = judgeFleet(nodes.map(({ mac, record }, at) => machineFacts(mac, at, record)));
  const events = nodes.flatMap(({ mac }, at) =>
    (['discover', 'agent', 'receipt'] as const).map((stage, step): LedgerEvent => {
      const ms = Date.parse('2026-11-20T10:00:00Z') + at * 3000 + step * 90_000;
      return { sequence: at * 3 + step, at: new Date(ms).toISOString(), mac, stage };
    }),
  );
  return {
    path: 'recon-hall-3-2026-11-20.tar.gz',
    site: 'Hall <3>',
    createdAt: '2026-11-20T12:00:00.000Z',
    imageVersion: '13.0.1',
    faults: [],
    nodes: () => oneByOne(nodes),
    ledger: () => oneByOne(events),
    findings: () => oneByOne(findings),
    identity: async () => identity,
    verdicts: () => oneByOne(verdicts),
    captureFiles: () => oneByOne([]),
  };
}

/** Address of the machine with this number. */
export const visitMac = (at: number): string => `0c:c4:7a:00:${hex(at >> 8)}:${hex(at & 255)}`;

const hex = (number: number): string => number.toString(16).padStart(2, '0');

async function* oneByOne<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
