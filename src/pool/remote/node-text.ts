import type { NewMachine, NodeView } from '../../domain/pool/api-views.ts';
import { SLOW_LINK_SECONDS } from '../../domain/pool/signs-of-life.ts';
import { STAGE_WORDS } from '../../domain/stage-words.ts';
import { minuteText, textTable } from './text-table.ts';

/** What `recon node list` says. Pure. */
export function nodeListText({ nodes, newMachines }: { nodes: readonly NodeView[]; newMachines: readonly NewMachine[] }): string {
  const table = nodes.length === 0 ? 'There is no node yet.\n' : textTable([HEADING, ...nodes.map(row)]);
  return newMachines.length === 0
    ? table
    : `${table}\nNew: recon node adopt MAC --name NAME makes a node of one\n${textTable(newMachines.map(newRow))}`;
}

const HEADING = ['NAME', 'RUNS', 'ASSIGNED', 'NEXT BOOT', 'LAST SIGN', 'MAC', 'GROUPS', 'MACHINE', 'SERIAL'];

function row({ name, macs, groups = [], assigned, next, seen, serial, wouldDiffer }: NodeView): string[] {
  const runs = seen?.frozen !== undefined ? 'FROZEN' : seen?.problem?.isOfLastBoot === true ? 'STUCK' : (seen?.runs ?? '');
  const nextText = next.by === 'once' ? `${next.choice} (once)` : next.by === 'loop-guard' ? `${next.choice} (held)` : next.choice;
  const more = macs.length > 1 ? ` +${macs.length - 1}` : '';
  return [
    ...[
      name,
      runs,
      assigned,
      nextText === assigned && !wouldDiffer ? '' : nextText,
      minuteText(seen?.aliveAt ?? seen?.runsSince ?? seen?.askedAt),
    ],
    ...[`${macs[0] ?? ''}${more}`, groups.join(','), machineWords(seen), serial ?? seen?.serial ?? ''],
  ];
}

function newRow({ mac, address = '', serial = '', looksLike, next, askedAt, ...facts }: NewMachine): string[] {
  const alike = looksLike === undefined ? '' : `looks like ${looksLike} with another card: recon node replace-nic`;
  return [mac, address, minuteText(askedAt), `boots ${next.choice}`, machineWords(facts), serial, alike];
}

function machineWords(seen: { vendor?: string; product?: string } | undefined): string {
  return [seen?.vendor, seen?.product].filter((word) => word !== undefined).join(' ');
}

/** What `recon node show` says: a line for each thing that is known. Pure. */
export function nodeText({ name, place, assigned, next, seen, wouldDiffer, ...node }: NodeView): string {
  const facts: [string, string | undefined][] = [
    ['name', name],
    ['written in', place],
    ['cards', node.macs.join(', ')],
    ['address', node.address ?? seen?.address],
    ['groups', node.groups?.join(', ')],
    ['tags', node.tags?.join(', ')],
    ['serial', node.serial ?? seen?.serial],
    ['uuid', node.uuid ?? seen?.uuid],
    ['switch', [node.switch, node.port === undefined ? undefined : `port ${node.port}`].filter((word) => word !== undefined).join(' ')],
    ['machine', machineWords(seen)],
    ['memory', seen?.memoryBytes === undefined ? undefined : `${Math.round(seen.memoryBytes / 1024 ** 3)} GiB`],
    ['firmware', [seen?.firmware, seen?.architecture].filter((word) => word !== undefined).join(', ')],
    ['note', node.note],
    ['assigned', assigned],
    ['next boot', `${next.choice} (${[next.by, next.name, next.place].filter((word) => word !== undefined).join(', ')})`],
    ['runs', seen?.runs === undefined ? undefined : `${seen.runs}${wouldDiffer ? ', and would come up different' : ''}`],
    ['since', minuteText(seen?.runsSince)],
    ['last sign of life', minuteText(seen?.aliveAt)],
    ['last script', seen?.askedAt === undefined ? undefined : `${minuteText(seen.askedAt)} for ${seen.given ?? ''}`],
    ['stage', seen?.stage === undefined ? undefined : `${stageWords(seen.stage)}, ${minuteText(seen.stage.at)}`],
    ['PROBLEM', seen?.problem === undefined ? undefined : problemWords(seen.problem)],
    ['link', seen?.linkSeconds === undefined ? undefined : linkWords(seen.linkSeconds)],
    ["kernel's messages", seen?.dmesgAt === undefined ? undefined : `${minuteText(seen.dmesgAt)}; recon node show ${name} --dmesg`],
    ['kernel', seen?.kernelRelease],
    ['free memory', seen?.memAvailableBytes === undefined ? undefined : `${Math.round(seen.memAvailableBytes / 1024 ** 2)} MiB`],
    ['root full', seen?.rootUsedPercent === undefined ? undefined : `${seen.rootUsedPercent} %`],
    ['FROZEN', seen?.frozen === undefined ? undefined : `${seen.frozen.why}; recon node release ${name} lets it go on`],
  ];
  return textTable(facts.flatMap(([word, text]) => (text === undefined || text === '' ? [] : [[word, text]])));
}

function stageWords({ name, detail }: NonNullable<NonNullable<NodeView['seen']>['stage']>): string {
  return `${name}: ${STAGE_WORDS[name]}${detail === undefined ? '' : `, ${detail}`}`;
}

function problemWords({ sentence, hint, at, isOfLastBoot }: NonNullable<NonNullable<NodeView['seen']>['problem']>): string {
  return `${minuteText(at)}${isOfLastBoot ? '' : ', and it boots again'}: ${sentence} (${hint})`;
}

function linkWords(seconds: number): string {
  const why = seconds < SLOW_LINK_SECONDS ? '' : ': the port of the switch waits for spanning tree; set it to portfast, or edge';
  return `after ${seconds} s${why}`;
}
