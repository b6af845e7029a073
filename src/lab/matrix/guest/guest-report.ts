import { ReconError } from '../../../domain/errors.ts';
import { HEADING, SECTION_NAMES, type Section } from './report-script.ts';

/** What the guest itself says at its end, part by part, as lines. */
export type GuestReport = Record<Section, readonly string[]>;

/** The last whole report in a text. @throws ReconError `lab-failed` when there is none */
export function parseGuestReport(text: string): GuestReport {
  const whole = text.replaceAll('\r', '').split(`${HEADING}end\n`).slice(0, -1).at(-1);
  if (whole === undefined) throw new ReconError('lab-failed', 'the guest did not report about its disks');
  const report: Partial<Record<Section, string[]>> = {};
  for (const part of whole.split(HEADING).slice(1)) {
    const [name = '', ...lines] = part.split('\n');
    const section = SECTION_NAMES.find((one) => one === name);
    if (section !== undefined) report[section] = lines.filter((line) => line !== '');
  }
  const missing = SECTION_NAMES.filter((name) => report[name] === undefined);
  if (missing.length > 0) throw new ReconError('lab-failed', `the guest's report lacks ${missing.join(', ')}`);
  return report as GuestReport;
}

/** A block device of the guest. */
export interface GuestDevice {
  name: string;
  /** of the disk that it is, or is a part of */
  serial: string;
  isReadOnly: boolean;
}

/** The devices of `lsblk --pairs`; partitions get the serial of their disk. */
export function guestDevices({ disks }: Pick<GuestReport, 'disks'>): GuestDevice[] {
  const rows = disks.map((line) =>
    Object.fromEntries([...line.matchAll(/([A-Z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value])),
  );
  const serials = new Map(rows.map(({ NAME = '', SERIAL = '' }) => [NAME, SERIAL]));
  return rows.map(({ NAME = '', PKNAME = '', RO, SERIAL = '' }) => ({
    name: NAME,
    serial: SERIAL === '' ? (serials.get(PKNAME) ?? '') : SERIAL,
    isReadOnly: RO === '1',
  }));
}
