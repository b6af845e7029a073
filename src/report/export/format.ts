import type { ChosenColumns } from './csv-tables.ts';
import type { KnownList } from './known-list.ts';
import type { ExportMachine } from './machine.ts';
import type { ExportSettings, SettingKey } from './settings.ts';

/** Text that belongs at the end of a file of the export. */
export interface ExportPiece {
  /** name of the file, without directory */
  file: string;
  text: string;
}

/** What an export says about the visit as a whole. */
export interface ExportVisit {
  site: string;
  /** UTC, ISO 8601 */
  createdAt: string;
  imageVersion: string;
  /** whether its day is known */
  visit?: { isDayKnown: boolean } | undefined;
}

/** Takes the reason why a line is not in the export; the same reason is told once, with how often it was given. */
export type LeaveOut = (reason: string) => void;

/** What the person at the desk says beside the visit. */
export interface ExportGiven {
  settings: ExportSettings;
  /** undefined: the usual columns */
  columnMap?: ChosenColumns;
  /** what the other program has already */
  known?: readonly KnownList[];
}

/** What is known of a format before it writes. */
interface FormatWords {
  name: string;
  /** a line for `--help` */
  about: string;
  /** what `--set` may say; a format without them takes none */
  keys?: readonly SettingKey[];
  /** its columns may be chosen: `--map` */
  takesMap?: true;
  /** what the other program has already may be left out: `--known` */
  takesKnown?: true;
  /** each machine needs an address, which no visit knows: `--first-address` */
  needsAddresses?: true;
}

export interface TextFormat extends FormatWords {
  /** `file`: all pieces are of one file, which may go to standard output; `directory`: several files */
  shape: 'file' | 'directory';
  /** machine by machine, so that memory holds one record */
  write(machines: AsyncIterable<ExportMachine>, visit: ExportVisit, leaveOut: LeaveOut, given: ExportGiven): AsyncIterable<ExportPiece>;
}

/** One file that is no text, so that no terminal is given it. */
export interface BinaryFormat extends FormatWords {
  shape: 'binary';
  bytes(machines: AsyncIterable<ExportMachine>, visit: ExportVisit, leaveOut: LeaveOut, given: ExportGiven): Promise<Uint8Array>;
}

export type ExportFormat = TextFormat | BinaryFormat;
