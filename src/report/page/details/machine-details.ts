import { countFindings, type Finding } from '../../../domain/record/finding.ts';
import type { NodeRecord } from '../../../domain/record/node-record.ts';
import { recordData } from '../../../domain/record/record-data.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { knownWords } from '../../../domain/values/known-words.ts';
import { binarySize } from '../../../domain/values/shown-size.ts';
import { cell, escapeHtml, machineAnchor } from '../../html-text.ts';
import type { MachineRow } from '../../machine-row.ts';
import type { PartHistory } from '../../trace/earlier-places.ts';
import { machineFindings } from '../findings-section.ts';
import { joined, partList, withUnit } from './part-list.ts';
import { tracedParts } from './part-traces.ts';
import { machineParts } from './parts.ts';

/** What of a machine shows only when all machines of a visit were looked at. */
export interface FleetKnowledge {
  findings: readonly Finding[];
  /** other MAC addresses that records of this machine came under */
  otherMacs?: readonly string[];
}

/** The texts around the three places that {@link FleetKnowledge} fills. */
export type DetailsDraft = readonly [beforeBadges: string, beforeFindings: string, beforeOtherMacs: string, rest: string];

/** The folded part of the report about one machine. @param histories where its parts were at earlier visits */
export function machineDetails(
  row: MachineRow,
  record: NodeRecord,
  findings: readonly Finding[],
  histories: readonly PartHistory[] = [],
): string {
  return completedDetails(draftDetails(row, record, histories), { findings, ...definedOnly({ otherMacs: row.otherMacs }) });
}

/** All that the record alone tells, so that a machine's part can be made before the other machines were seen. */
export function draftDetails(row: Omit<MachineRow, 'otherMacs'>, record: NodeRecord, histories: readonly PartHistory[] = []): DetailsDraft {
  const title = knownWords([row.mac, row.vendor, row.product, row.serial], ' · ');
  return [
    `<details class="machine">\n<summary>${escapeHtml(title)}`,
    // browsers open a folded part when a link leads into it, but not when it leads to the part itself
    `</summary>\n<div id="${escapeHtml(machineAnchor(row.mac))}">\n`,
    `<table class="facts">\n${facts(factPairs(record))}`,
    `${facts([['Record', `revision ${row.revision}`]])}</table>\n${tracedParts(row.mac, machineParts(record), histories)}${troubles(record)}</div></details>\n`,
  ];
}

/** The part as the report shows it. */
export function completedDetails(
  [beforeBadges, beforeFindings, beforeOtherMacs, rest]: DetailsDraft,
  { findings, otherMacs }: FleetKnowledge,
): string {
  const seenAs = facts([['Also seen as', otherMacs?.join(', ')]]);
  return [beforeBadges, badges(findings), beforeFindings, machineFindings(findings), beforeOtherMacs, seenAs, rest].join('');
}

type Facts = readonly (readonly [name: string, value: string | undefined])[];

function factPairs(record: NodeRecord): Facts {
  const { system, board, firmware, cpu, memory, bmc, kernel, tpm } = recordData(record);
  const chassis = system?.chassis;
  return [
    ['UUID', system?.uuid],
    ['Chassis', joined(chassis?.type, withUnit(chassis?.heightRackUnits, 'U'), chassis?.serial, chassis?.assetTag)],
    ['Board', joined(board?.vendor, board?.product, board?.serial)],
    ['Firmware', joined(firmware?.vendor, firmware?.version, firmware?.date, firmware?.bootMode)],
    ['CPU', joined(cpu?.model, withUnit(cpu?.sockets, 'sockets'), withUnit(cpu?.cores, 'cores'), withUnit(cpu?.threads, 'threads'))],
    ['Memory', joined(binarySize(memory?.installedBytes ?? memory?.totalBytes), memory?.ecc)],
    ['BMC', joined(bmc?.product, bmc?.firmware, bmc?.address, bmc?.mac)],
    ['TPM', joined(tpm?.version, tpm?.vendor, tpm?.firmware)],
    ['Kernel', kernel?.release],
  ];
}

function facts(pairs: Facts): string {
  return pairs
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `<tr><th>${name}</th>${cell(value)}</tr>\n`)
    .join('');
}

function badges(findings: readonly Finding[]): string {
  const counts = countFindings(findings);
  return (['critical', 'warning'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => ` <span class="severity ${severity}">${counts[severity]} ${severity}</span>`)
    .join('');
}

/** Sections and collectors that failed: what the reader must not take for "there is none". */
function troubles(record: NodeRecord): string {
  const sections = Object.entries(record.sections).flatMap(([name, section]) =>
    typeof section === 'object' && section !== null && 'status' in section && section.status === 'failed' && 'reason' in section
      ? [{ what: name, why: String(section.reason) }]
      : [],
  );
  const collectors = record.collectors
    .filter(({ status }) => status === 'failed' || status === 'timeout')
    .map(({ id, status, reason }) => ({ what: id, why: joined(status, reason) }));
  return partList(
    'Not read',
    [...sections, ...collectors],
    [
      ['What', ({ what }) => what],
      ['Why', ({ why }) => why],
    ],
  );
}
