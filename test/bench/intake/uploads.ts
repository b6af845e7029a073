import { gzipSync } from 'node:zlib';
import { fleetMachine } from '../../../src/demo/fleet/fleet-machine.ts';
import { seededRandom } from '../../../src/demo/fleet/seeded-random.ts';
import { serverModels } from '../../fleet/server-models.ts';

/** What one machine sends, and from where. */
export interface BenchUpload {
  mac: string;
  /** one of the loopback network, so that each machine has its own, as in a hall */
  address: string;
  record: Buffer;
  /** gzipped lines of files */
  capture: Buffer;
}

const RECORD_BYTES = 58_000;
const CAPTURE_BYTES = 44_000;

/** Machines `from` to `from + count` of a hall of servers with many cards: records of 58 KB, captures of 44 KB. */
export function benchUploads(from: number, count: number): BenchUpload[] {
  const models = serverModels();
  const uploads: BenchUpload[] = [];
  for (let at = from * 2; uploads.length < count; at += 1) {
    const machine = fleetMachine(at, models, { seed: 1, isLater: false });
    if (machine === undefined) continue;
    const number = from + uploads.length;
    uploads.push({
      mac: machine.mac,
      address: `127.0.${1 + (number >> 8)}.${number & 255}`,
      record: grown(machine.record),
      capture: captureFor(number),
    });
  }
  return uploads;
}

type FleetRecord = NonNullable<ReturnType<typeof fleetMachine>>['record'];

/** With as many more functions of PCI cards as the size wants. */
function grown(record: FleetRecord): Buffer {
  const { pci } = record.sections;
  if (pci.status !== 'ok') throw new Error('a machine of the fleet has no PCI cards');
  const [pattern] = pci.data;
  if (pattern === undefined) throw new Error('a machine of the fleet has no PCI cards');
  const lacking = RECORD_BYTES - JSON.stringify(record).length;
  const count = Math.max(0, Math.round(lacking / (JSON.stringify(pattern).length + 1)));
  for (let more = 0; more < count; more += 1)
    pci.data.push({ ...pattern, address: `00${(0x20 + (more >> 8)).toString(16)}:${hex(more)}:00.0` });
  return Buffer.from(JSON.stringify(record));
}

function hex(number: number): string {
  return (number & 255).toString(16).padStart(2, '0');
}

/** Half of it packs well, as outputs of tools do, and half does not: base64 of noise packs back to the size of the noise. */
function captureFor(number: number): Buffer {
  const random = seededRandom('capture', number);
  const noise = Buffer.from(Array.from({ length: Math.round(CAPTURE_BYTES * 0.96) }, () => Math.floor(random.next() * 256)));
  const words = 'Handle 0x0011, DMI type 17, 84 bytes\nMemory Device\n\tArray Handle: 0x0010\n'.repeat(400);
  const files = { 'raw/lspci.out': words, 'raw/dmidecode.out': words, 'raw/noise.out': noise };
  const lines = Object.entries(files).map(([path, content]) => JSON.stringify({ path, base64: Buffer.from(content).toString('base64') }));
  return gzipSync(`${lines.join('\n')}\n`);
}
