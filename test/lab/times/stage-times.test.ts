import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import type { LedgerEvent } from '../../../src/domain/ledger.ts';
import { stageTimes, type TimedPeer } from '../../../src/lab/times/stage-times.ts';
import { timesJson, timesTable } from '../../../src/lab/times/times-table.ts';

const START_MS = Date.parse('2026-11-30T10:00:00.000Z');
const MAC = '52:54:00:00:00:01';

type Step = [seconds: number, stage: LedgerEvent['stage'], more?: Partial<LedgerEvent>];

const whole = (sizeBytes: number): Partial<LedgerEvent> => ({ bytes: sizeBytes, totalBytes: sizeBytes });

/** A peer whose steps take `pace` times as long as those of the first one. */
function peer(name: string, pace: number, without: readonly string[] = []): TimedPeer {
  const steps: Step[] = [
    [0, 'discover'],
    [0.1, 'offer'],
    [0.4, 'request'],
    [0.5, 'ack'],
    [1, 'discover'],
    [1.5, 'ack'],
    [2, 'script'],
    [2.5, 'initrd', { bytes: 10, totalBytes: 50 }],
    [4, 'initrd', whole(50)],
    [5, 'kernel', whole(12)],
    [24, 'discover'],
    [25, 'ack'],
    [28, 'root-image', { detail: 'initrd is up' }],
    [29, 'root-image', { bytes: 20, totalBytes: 90 }],
    [32, 'root-image', whole(90)],
    [44, 'request'],
    [44.2, 'ack'],
    [55, 'agent'],
    [56, 'collect'],
    [58, 'collect', { detail: 'lspci: ok' }],
    [64, 'collect', { detail: 'ipmi-sdr: ok' }],
    [70, 'collect', { detail: 'lldpctl: ok' }],
    [71, 'upload'],
    [72, 'receipt', { detail: 'revision 1' }],
    [73, 'power-off'],
  ];
  const said: [number, string][] = [
    [5.5, '[    0.000000] Linux version 6.12.117+deb13-amd64'],
    [36, '[   23.235060] recon: going over to the root image'],
    [50, 'recon peer: running the workload of the master'],
  ];
  const clockOffsetMs = 3000;
  return {
    name,
    clockOffsetMs,
    ledger: steps
      .filter(([, stage]) => !without.includes(stage))
      .map(([seconds, stage, more], sequence) => ({
        ...{ sequence, mac: MAC, stage, at: new Date(START_MS + seconds * pace * 1000).toISOString() },
        ...more,
      })),
    console: said.map(([seconds, text]) => ({ atMs: START_MS + seconds * pace * 1000 - clockOffsetMs, text })),
  };
}

test('shares by stage, each peer and the median, as text and for programs', async () => {
  const times = [peer('peer-bios', 1), peer('peer-uefi', 2), peer('peer-no-bmc', 1.5, ['discover'])].flatMap(
    (one) => stageTimes(one) ?? [],
  );
  for (const [name, text] of [
    ['times.txt', `${timesTable(times).join('\n')}\n`],
    ['times.json', timesJson(times)],
  ] as const) {
    const path = join(import.meta.dirname, 'golden', name);
    if (process.env['RECON_WRITE_GOLDEN'] === '1') await writeFile(path, text);
    assert.equal(text, await readFile(path, 'utf8'), name);
  }
});

test('the stages are the whole time, whatever marks are missing', () => {
  for (const without of [[], ['ack'], ['script', 'kernel'], ['root-image'], ['collect', 'upload', 'agent']]) {
    const times = stageTimes(peer('any', 1, without));
    const sum = Object.values(times?.seconds ?? {}).reduce((all, seconds) => all + seconds, 0);
    assert.ok(Math.abs(sum - 72) < 0.001, `${sum} without ${without}`);
    assert.ok(Object.values(times?.seconds ?? {}).every((seconds) => seconds >= 0));
  }
});

test('without a DISCOVER or a receipt there is no time to share', () => {
  assert.equal(stageTimes(peer('any', 1, ['receipt'])), undefined);
  assert.equal(stageTimes({ ...peer('any', 1), ledger: [] }), undefined);
});
