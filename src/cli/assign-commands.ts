import type { Command } from 'commander';
import { ReconError } from '../domain/errors.ts';
import { HEAD_PLACES } from '../domain/pool/head-places.ts';
import { counted } from '../domain/values/counted.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { askedHead, asksHead, changesPool, type HeadOptionsDeps, type HeadWords, orderChange, tell } from './asked-head.ts';

/** Up to here a selector is taken to mean what it says. */
const ASKED_ABOVE = 20;

interface AssignWords extends HeadWords {
  once?: true;
  clear?: true;
  yes?: true;
}

/** What nodes boot, and why. */
export function addAssignCommands(program: Command, deps: HeadOptionsDeps): void {
  changesPool(program.command('assign <selector> [profile]'))
    .description('say what nodes of the boot pool boot: from now on, for their next boot, or what groups and rules say')
    .option('--once', 'for the next boot only; with --clear: only the one-shot goes')
    .option('--clear', 'groups and rules say again what they boot')
    .option('--yes', `do not ask, however many nodes it is; else it asks above ${ASKED_ABOVE}`)
    .addHelpText('after', ASSIGN_HELP)
    .action(async (selector: string, profile: string | undefined, { once, clear, yes, ...words }: AssignWords) => {
      const order = { selector, ...definedOnly({ boot: profile, once, clear }) };
      const request = { method: 'POST', path: '/assignments' } as const;
      const meant = await (await askedHead(words, deps)).change({ ...request, body: { ...order, dryRun: true } });
      const names = meant.nodes ?? [];
      if (!words.json) deps.print(`${names.join(' ')}\n`);
      if (names.length > ASKED_ABOVE && yes !== true) await requireYes(deps, names.length, meant.what);
      // nobody has seen the names of another revision
      await orderChange(deps, words, { ...request, body: order, ifRevision: meant.revision });
    });
  asksHead(program.command('why <node>'))
    .description('which line of the pool decides what a node boots, and which lines would have')
    .option('--pool <folder>', `ask this folder, and no head; without a head ${HEAD_PLACES.pool} is asked`)
    .option(
      '--fact <key=value...>',
      'what its firmware would say: vendor, product, serial, memoryGiB, firmware, switch, port …; asks the folder',
      [],
    )
    .addHelpText(
      'after',
      '\nA machine that is no node is named by its MAC address.\n\nExamples:\n  recon why node-000\n  recon why node-000 --pool ./pool --fact "vendor=Dell Inc." memoryGiB=64',
    )
    .action(async (node: string, { pool, fact, ...words }: HeadWords & { pool?: string; fact: string[] }) => {
      if (pool === undefined && fact.length === 0 && (await hasHead(words))) {
        const found = await (await askedHead(words, deps)).why(node);
        tell(deps, words, found, found.text);
        return;
      }
      const { checkedPool } = await import('../pool/desk/check-pool.ts');
      const { explainNode, factsFromWords } = await import('../pool/desk/explain-node.ts');
      const text = explainNode(await checkedPool(pool ?? HEAD_PLACES.pool), node, factsFromWords(fact));
      tell(deps, words, { text }, text);
    });
}

const ASSIGN_HELP = `
Nodes: node-000, node-[000-039], node-0*, group:rack1, tag:gpu, serial:CZ3*, all; several with commas between them.
A one-shot is over when the boot that carried it comes up, or after three in vain.

Examples:
  recon assign group:rack1 compute@4
  recon assign node-007 failsafe --once
  recon assign node-[000-039] --clear`;

async function hasHead({ head, socket }: HeadWords): Promise<boolean> {
  const { isListening } = await import('../platform/network/socket-path.ts');
  return head !== undefined || (await isListening(socket));
}

/** @throws ReconError `usage` when nobody says yes */
async function requireYes({ ask }: Pick<HeadOptionsDeps, 'ask'>, count: number, what: string): Promise<void> {
  const answer = await ask(`${what}. Are these ${counted(count, 'node')} meant? [y/N] `);
  if (answer === undefined)
    throw new ReconError('usage', `${counted(count, 'node')} are meant, and nobody is there to be asked`, {
      hint: '--yes, if that is right',
    });
  if (!/^(y|yes|j|ja)$/i.test(answer.trim())) throw new ReconError('usage', 'nothing was changed');
}
