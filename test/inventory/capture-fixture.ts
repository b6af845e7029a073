import type { Capture, CapturedCommand } from '../../src/domain/capture.ts';
import { captureFromFiles } from '../../src/inventory/capture-from-files.ts';
import { type Readings, readingsOf } from '../../src/inventory/readings/readings.ts';

export interface CaptureFixture {
  /** what each command printed */
  outputs?: Record<string, string | Buffer>;
  /** commands that ended otherwise */
  commands?: CapturedCommand[];
  /** copied files, without leading slash */
  files?: Record<string, string | Buffer>;
  links?: Record<string, string>;
}

/** A capture made by hand, through the same loader as a directory. */
export function fixtureCapture({
  outputs = {},
  commands = [],
  files = {},
  links = {},
}: CaptureFixture): ReturnType<typeof captureFromFiles> {
  const ran = Object.keys(outputs).map((id): CapturedCommand => ({ id, argv: [id], status: 'ok', exitCode: 0, durationMs: 5 }));
  const listed = ran.filter((command) => !commands.some((other) => other.id === command.id));
  const index = { captureVersion: 1, commands: [...listed, ...commands], files: Object.keys(files), links };
  return captureFromFiles(
    new Map<string, Buffer>([
      ['capture.json', Buffer.from(JSON.stringify(index))],
      ...Object.entries(outputs).map(([id, text]): [string, Buffer] => [`raw/${id}.out`, Buffer.from(text)]),
      ...Object.entries(files).map(([path, text]): [string, Buffer] => [`fs/${path}`, Buffer.from(text)]),
    ]),
  );
}

/** One section by itself, from a capture made by hand. */
export function sectionOf<T>(readSection: (readings: Readings, capture: Capture) => T, fixture: CaptureFixture): T {
  const capture = fixtureCapture(fixture);
  return readSection(readingsOf(capture), capture);
}

/** A dmidecode text of structures; each is type and fields. */
export function dmiText(...structures: [type: number, title: string, fields: Record<string, string>][]): string {
  const blocks = structures.map(([type, title, fields], at) => {
    const lines = Object.entries(fields).map(([key, value]) => `\t${key}: ${value}`);
    return [`Handle 0x${at.toString(16).padStart(4, '0').toUpperCase()}, DMI type ${type}, 40 bytes`, title, ...lines, ''].join('\n');
  });
  return `# dmidecode 3.4\nGetting SMBIOS data from sysfs.\nSMBIOS 3.2.0 present.\n\n${blocks.join('\n')}`;
}

/** The data of a section that must be ok. */
export function dataOf<T>(section: { status: 'ok'; data: T } | { status: 'absent' | 'failed'; reason?: string } | undefined): T {
  if (section?.status !== 'ok') throw new Error(`the section is ${section?.status ?? 'not there'}: ${section?.reason}`);
  return section.data;
}
