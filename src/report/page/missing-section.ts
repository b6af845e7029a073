import type { EarlyFacts } from '../../domain/early-facts.ts';
import { knownWords } from '../../domain/values/known-words.ts';
import { binarySize } from '../../domain/values/shown-size.ts';
import { cell, machineLink } from '../html-text.ts';
import type { MissingMachine } from '../missing-machine.ts';

/** Who asked and did not arrive, with the reason; addresses that are ports of machines with a record are folded. */
export function missingSection(missing: readonly MissingMachine[]): string {
  const { ports = [], lost = [] } = Object.groupBy(missing, ({ portOf }) => (portOf === undefined ? 'lost' : 'ports'));
  const warning = `<p class="warning">These machines were seen on the network and gave no record. Look at them before you leave.</p>\n`;
  const folded = `<details class="notes">
<summary>${ports.length === 1 ? '1 more address that asked is a port of a machine' : `${ports.length} more addresses that asked are ports of machines`} with a record</summary>
${missingTable(ports)}</details>
`;
  return `${lost.length === 0 ? '' : `<h2 id="missing">Asked and did not arrive</h2>\n${warning}${missingTable(lost)}`}${ports.length === 0 ? '' : folded}`;
}

function missingTable(missing: readonly MissingMachine[]): string {
  const rows = missing.map(
    ({ mac, stage, at, address, detail, portOf, verdict, facts }) =>
      `<tr>${cell(mac, 'code')}${cell(knownOf(facts))}${cell(stage)}${cell(at?.replace(/^(\S+)T(\d\d:\d\d:\d\d).*$/, '$1 $2'))}${cell(address, 'code')}${portOf === undefined ? `${cell(verdict?.sentence ?? detail, 'words')}${cell(verdict?.hint, 'words')}` : `<td colspan="2">a port of ${machineLink(portOf)}</td>`}</tr>\n`,
  );
  return `<div class="scroll"><table>
<tr><th>MAC address</th><th>What is known</th><th>Last stage</th><th>At</th><th>Address</th><th>Why</th><th>What to try</th></tr>
${rows.join('')}</table></div>
`;
}

function knownOf(facts: EarlyFacts | undefined): string | undefined {
  if (facts === undefined) return undefined;
  const { vendor, product, serial, nicPciId, memoryBytes, ramBytes } = facts;
  const nic = nicPciId === undefined ? undefined : `NIC ${nicPciId}`;
  return knownWords([vendor, product, serial, nic, binarySize(memoryBytes ?? ramBytes)], ', ') || undefined;
}
