import type { Command } from 'commander';
import { ReconError } from '../domain/errors.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { Log } from '../platform/log.ts';
import { askedHead, asksHead, changesPool, type HeadOptionsDeps, type HeadWords, orderChange, tell } from './asked-head.ts';
import { identityOption } from './identity-option.ts';

export interface NodeCommandsDeps extends HeadOptionsDeps {
  log: Log;
}

/** The machines of the boot pool. */
export function addNodeCommands(program: Command, deps: NodeCommandsDeps): void {
  const node = program.command('node').description('the machines of the boot pool: what each is, runs, and boots next');
  addLooking(node, deps);
  addChanging(node, deps);
  addCards(node, deps);
  addImport(node, deps);
}

function addLooking(node: Command, deps: NodeCommandsDeps): void {
  asksHead(node.command('list [selector]'))
    .description('nodes with what they run, what is assigned, and what they boot next; and machines that are none')
    .addHelpText('after', '\nExamples:\n  recon node list\n  recon node list group:rack1 --json')
    .action(async (selector: string | undefined, words: HeadWords) => {
      const { nodeListText } = await import('../pool/remote/node-text.ts');
      const found = await (await askedHead(words, deps)).nodes(selector);
      tell(deps, words, found, nodeListText(found));
    });
  asksHead(node.command('show <node>'))
    .description('all that is known of one node')
    .option('--dmesg', "the kernel's messages that it sent last, and nothing else")
    .addHelpText('after', '\nExamples:\n  recon node show node-000\n  recon node show node-000 --dmesg')
    .action(async (name: string, { dmesg = false, ...words }: HeadWords & { dmesg?: boolean }) => {
      if (dmesg) {
        const sent = await (await askedHead(words, deps)).dmesg(name);
        return tell(deps, words, sent, sent.text);
      }
      const { nodeText } = await import('../pool/remote/node-text.ts');
      const found = await (await askedHead(words, deps)).node(name);
      tell(deps, words, found, nodeText(found));
    });
}

interface NodeWords extends HeadWords {
  mac: string[];
  address?: string;
  groups?: string;
  tags?: string;
  boot?: string;
  serial?: string;
  note?: string;
}

function addChanging(node: Command, deps: NodeCommandsDeps): void {
  changesPool(node.command('add <name>'))
    .description('a new node')
    .requiredOption('--mac <address...>', 'addresses of its network cards; any of them is this node')
    .option('--address <ipv4>', 'its address on the private side')
    .option('--groups <names>', 'with commas between them')
    .option('--tags <names>', 'with commas between them')
    .option('--boot <profile>', 'what it boots, PROFILE or PROFILE@VERSION')
    .option('--serial <number>', 'by which it is known again with another card')
    .option('--note <text>', 'for people')
    .addHelpText('after', '\nExample:\n  recon node add node-000 --mac 52:54:00:66:00:01 --address 10.10.0.10 --groups rack1')
    .action(async (name: string, { mac, address, groups, tags, boot, serial, note, ...words }: NodeWords) => {
      const { listed } = await import('../pool/remote/node-settings.ts');
      const lists = { groups: groups === undefined ? undefined : listed(groups), tags: tags === undefined ? undefined : listed(tags) };
      await orderChange(deps, words, {
        method: 'POST',
        path: '/nodes',
        body: { name, macs: mac, ...definedOnly({ address, boot, serial, note, ...lists }) },
      });
    });
  changesPool(node.command('set <node> <settings...>'))
    .description('change a node: KEY=VALUE; nothing behind = takes a value out')
    .addHelpText(
      'after',
      '\nKeys: macs, address, groups, tags, boot, once, serial, uuid, switch, port, note.\n\nExample:\n  recon node set node-000 address=10.10.0.10 groups=rack1,gpu note=',
    )
    .action(async (name: string, settings: string[], words: HeadWords) => {
      const { settingsFromWords } = await import('../pool/remote/node-settings.ts');
      await orderChange(deps, words, { method: 'PATCH', path: `/nodes/${encodeURIComponent(name)}`, body: settingsFromWords(settings) });
    });
  changesPool(node.command('rename <node> <name>'))
    .description('give a node another name; its history, groups and cards come along')
    .addHelpText('after', '\nIts machine learns the name at its next boot.\n\nExample:\n  recon node rename node-000 login')
    .action(async (name: string, to: string, words: HeadWords) =>
      orderChange(deps, words, { method: 'POST', path: `/nodes/${encodeURIComponent(name)}/rename`, body: { to } }),
    );
  changesPool(node.command('rm <node>'))
    .description('take a node out; its machine is one that nobody knows from then on')
    .addHelpText('after', '\nExample:\n  recon node rm node-000')
    .action(async (name: string, words: HeadWords) =>
      orderChange(deps, words, { method: 'DELETE', path: `/nodes/${encodeURIComponent(name)}` }),
    );
}

function addCards(node: Command, deps: NodeCommandsDeps): void {
  changesPool(node.command('adopt <mac>'))
    .description('make a node of a machine that asked and is none')
    .requiredOption('--name <name>', 'what it is called')
    .addHelpText('after', '\nExample:\n  recon node adopt 52:54:00:66:00:05 --name node-002')
    .action(async (mac: string, { name, ...words }: HeadWords & { name: string }) =>
      orderChange(deps, words, { method: 'POST', path: '/nodes/adopt', body: { mac, name } }),
    );
  changesPool(node.command('replace-nic <node>'))
    .description('say that a node has another network card now; the old one stays known until it is taken out')
    .requiredOption('--mac <old new...>', 'the old address and the new one')
    .addHelpText('after', '\nExample:\n  recon node replace-nic node-012 --mac 52:54:00:66:00:01 52:54:00:66:00:07')
    .action(async (name: string, { mac, ...words }: HeadWords & { mac: string[] }) => {
      const [before, after, ...more] = mac;
      if (before === undefined || after === undefined || more.length > 0)
        throw new ReconError('usage', 'say the old address and the new one', { hint: 'recon node replace-nic NODE --mac OLD NEW' });
      await orderChange(deps, words, {
        method: 'POST',
        path: `/nodes/${encodeURIComponent(name)}/replace-nic`,
        body: { old: before, new: after },
      });
    });
  asksHead(node.command('release <node>'))
    .description('let a node go on that is held, or whose files are frozen because somebody else came with its token')
    .addHelpText(
      'after',
      '\nLook at its switch port first. A machine that is no node is named by its MAC address.\n\nExample:\n  recon node release node-000',
    )
    .action(async (name: string, words: HeadWords) => {
      const found = await (await askedHead(words, deps)).release(name);
      tell(deps, words, found, `${found.released} goes on at its next boot; it was stopped because: ${found.why}\n`);
    });
}

function addImport(node: Command, deps: NodeCommandsDeps): void {
  changesPool(node.command('import <file>'))
    .description('many new nodes, all or none: from CSV, or from the tarball of a visit')
    .addOption(identityOption())
    .option('--update', 'of CSV: a line with the name of a node that is there changes it')
    .addHelpText('after', IMPORT_HELP)
    .action(async (file: string, { identity, update, ...words }: HeadWords & { identity?: string; update?: true }) => {
      const head = await askedHead(words, deps);
      const { readListText, requireFile } = await import('../pool/remote/read-list.ts');
      await requireFile(file);
      if (!/\.(tar\.gz|tgz|age)$/.test(file)) {
        const csv = await readListText(file);
        return orderChange(deps, words, { method: 'POST', path: '/nodes/import', body: { csv, ...definedOnly({ update }) } });
      }
      const { nodesOfVisit } = await import('../pool/change/import-visit.ts');
      const { withVisits } = await import('../desk/open-tarballs.ts');
      const { nodes: there, revision } = await head.nodes();
      await withVisits([file], { ...definedOnly({ identity }), warn: deps.log.warn }, async ([visit]) => {
        if (visit === undefined) return;
        const { nodes, known } = await nodesOfVisit(visit.nodes(), there);
        for (const { name, mac } of known) deps.log.info(`${mac} is ${name} already`);
        if (nodes.length === 0) throw new ReconError('nothing-to-do', `${file} holds no machine that is new here`);
        await orderChange(deps, words, { method: 'POST', path: '/nodes/import', body: { nodes }, ifRevision: revision });
      });
    });
}

const IMPORT_HELP = `
CSV as a spreadsheet saves it: comma, semicolon or tab; the first line names the columns, in English or German.
From a visit each machine takes the label that its owner gave it, where that is a name, or the next free node-NNN; its MAC
addresses, serial number, UUID, switch, port and memory. Machines that are nodes already stay as they are.

Examples:
  recon node import nodes.csv
  recon node import recon-hall-2-2026-11-29.tar.gz`;
