import { join } from 'node:path';
import { z } from 'zod';
import { ReconError } from '../../domain/errors.ts';
import { LedgerEvent } from '../../domain/ledger.ts';
import { NodeRecord } from '../../domain/record/node-record.ts';
import { type MacAddress, parseMac } from '../../domain/values/mac.ts';
import { exists, readOrUndefined } from '../../platform/files/files.ts';
import { listDirectory } from '../../platform/files/work-directory.ts';
import { hashImage } from '../../platform/machine/disk-image-file.ts';
import { runOk } from '../../platform/process/command.ts';

/** What the person with the laptop finds. */
export interface TarballContent {
  directory: string;
  nodes: ReadonlyMap<MacAddress, NodeRecord>;
  ledger: readonly LedgerEvent[];
  /** what is wrong with the tarball itself */
  findings: readonly string[];
}

/** Files that every tarball has. */
const REQUIRED = ['report.html', 'nodes.jsonl', 'nodes.csv', 'findings.jsonl', 'identity.json', 'ledger.jsonl', 'manifest.json'] as const;

/** Unpacks the tarball into an empty directory, with tar(1) and not with our own code, and reads it. */
export async function readTarball(path: string, directory: string): Promise<TarballContent> {
  await runOk(['tar', '-xzf', path, '-C', directory, '--no-same-owner'], { timeoutMs: 120_000 });
  const findings: string[] = [];
  for (const name of REQUIRED) if (!(await exists(join(directory, name)))) findings.push(`the tarball has no ${name}`);
  findings.push(...(await findWrongHashes(directory)));
  const report = await readOrUndefined(join(directory, 'report.html'));
  if (report !== undefined && !report.includes('id="machine-index"')) findings.push('report.html is without its script: it has no search');
  const nodes = new Map<MacAddress, NodeRecord>();
  for (const name of await listDirectory(join(directory, 'nodes'))) {
    const mac = parseMac(name);
    const text = await readOrUndefined(join(directory, 'nodes', name, 'node.json'));
    if (mac === undefined || text === undefined) findings.push(`the tarball's nodes/${name} is no machine's directory with a node.json`);
    else nodes.set(mac, NodeRecord.parse(JSON.parse(text.toString('utf8'))));
  }
  const ledger = parseLedger((await readOrUndefined(join(directory, 'ledger.jsonl')))?.toString('utf8') ?? '');
  return { directory, nodes, ledger, findings };
}

/** @throws ReconError `lab-failed` naming the line that is no event */
export function parseLedger(text: string): LedgerEvent[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      try {
        return LedgerEvent.parse(JSON.parse(line));
      } catch (error) {
        throw new ReconError('lab-failed', `ledger.jsonl, line ${index + 1} is no event: ${line.slice(0, 200)}`, { cause: error });
      }
    });
}

const Manifest = z.looseObject({ files: z.array(z.looseObject({ name: z.string(), sha256: z.string() })) });

async function findWrongHashes(directory: string): Promise<string[]> {
  const text = await readOrUndefined(join(directory, 'manifest.json'));
  if (text === undefined) return [];
  const { files } = Manifest.parse(JSON.parse(text.toString('utf8')));
  if (files.length === 0) return ["the tarball's manifest.json names no file"];
  const findings: string[] = [];
  for (const { name, sha256 } of files) {
    const path = join(directory, name);
    if (!(await exists(path))) findings.push(`manifest.json names ${name}, which is not in the tarball`);
    else if ((await hashImage(path)) !== sha256) findings.push(`${name} in the tarball is not what its manifest.json says`);
  }
  return findings;
}
