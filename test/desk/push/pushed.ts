import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { netboxConnection } from '../../../src/desk/push/connection.ts';
import { type PushOptions, pushNetbox } from '../../../src/desk/push/push-netbox.ts';
import { ReconError } from '../../../src/domain/errors.ts';
import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentProgress } from '../../../src/platform/progress.ts';
import type { Visit, VisitNode } from '../../../src/tarball/visit.ts';
import { recordFor } from '../../master/fixture-records.ts';
import { type NetboxServer, TOKEN } from './netbox-server.ts';

export interface Pushed {
  text: string;
  warnings: string[];
  waits: string[];
  failure: ReconError | undefined;
}

/** Pushes nodes to a server; waits take no time. */
export async function pushed(
  server: Pick<NetboxServer, 'url'>,
  nodes: readonly VisitNode[],
  { token = TOKEN, ...options }: Partial<PushOptions> & { token?: string } = {},
): Promise<Pushed> {
  const result: Pushed = { text: '', warnings: [], waits: [], failure: undefined };
  await using directory = await temporaryDirectory('recon-push-');
  const tokenFile = join(directory.path, 'token');
  await writeFile(tokenFile, `${token}\n`);
  try {
    const connection = await netboxConnection({ url: server.url, tokenFile });
    await pushNetbox(
      visitOf(nodes),
      connection,
      { isDryRun: false, json: false, role: 'Server', placeOf: () => undefined, ...options },
      {
        ...{
          fetch: globalThis.fetch,
          random: () => 0.5,
          progress: { ...silentProgress, at: (sentence) => void result.waits.push(sentence) },
        },
        sleep: async () => {},
        print: (text) => {
          result.text += text;
        },
        warn: (sentence) => void result.warnings.push(sentence),
      },
    );
  } catch (error) {
    if (!(error instanceof ReconError)) throw error;
    result.failure = error;
  }
  return result;
}

function visitOf(nodes: readonly VisitNode[]): Visit {
  const none = async function* (): AsyncGenerator<never> {};
  return {
    ...{ path: 'hall-3.tar.gz', site: 'Hall 3', createdAt: '2026-11-20T12:00:00.000Z', imageVersion: '13.0.1', faults: [] },
    nodes: async function* () {
      yield* nodes;
    },
    ...{ ledger: none, findings: none, verdicts: none, captureFiles: none, identity: async () => undefined },
  };
}

/** Machines that have ports, a BMC, a drive with a serial number and a DIMM without one; each BMC has an address of its own. */
export function machines(...serials: string[]): VisitNode[] {
  return serials.map((serial, at) => machineWith(serial, at, {}));
}

/** One of them with other sections. */
export function machineWith(serial: string, at: number, data: Readonly<Record<string, unknown>>): VisitNode {
  const record = recordFor(serial);
  const own = record.sections.bmc.status === 'ok' ? record.sections.bmc.data : {};
  const nics = record.sections.nics.status === 'ok' ? record.sections.nics.data : [];
  const plain = {
    bmc: { ...own, address: `192.0.2.${10 + at}` },
    nics: nics.map((nic) =>
      nic.lldp === undefined ? nic : { ...nic, lldp: [{ chassisName: 'sw1.example.com', portId: `Eth1/${at + 1}` }] },
    ),
    system: { vendor: 'Dell Inc.', product: 'PowerEdge R740', serial },
  };
  const sections = Object.fromEntries(Object.entries({ ...plain, ...data }).map(([name, of]) => [name, { status: 'ok', data: of }]));
  return {
    mac: `52:54:00:00:00:0${at + 1}`,
    revision: 1,
    record: { ...record, sections: { ...record.sections, ...sections } as NodeRecord['sections'] },
  };
}
