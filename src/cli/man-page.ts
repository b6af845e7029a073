import { type CommandFacts, withAllBelow } from './command-tree.ts';

/** The manual page recon(1) in the language of man(7). Without a date: the same version gives the same page. */
export function manPage(tree: CommandFacts, version: string): string {
  const commands = withAllBelow(tree).slice(1);
  const groups = Map.groupBy(commands, ({ words: [first] }) => tree.below.find(({ words }) => words[0] === first)?.group ?? '');
  return `${[
    `.TH RECON 1 "" "recon ${text(version)}" "User Commands"`,
    '.SH NAME',
    'recon \\- inventory of a data center from one USB stick',
    '.SH SYNOPSIS',
    '.B recon',
    '[\\fIoptions\\fR] \\fIcommand\\fR ...',
    '.SH DESCRIPTION',
    text(tree.about),
    '.SH OPTIONS',
    ...tree.options.flatMap(optionLines),
    ...[...groups].flatMap(([group, some]) => [`.SH ${text(group.toUpperCase())}`, ...some.flatMap(commandLines)]),
    '.SH EXIT STATUS',
    '0 done; 1 it failed, or with \\fBdiff \\-\\-exit\\-code\\fR something differs; 2 the call is wrong; 3 nothing to do; 4 done with what could be read; 5 nobody signed the tarball.',
  ].join('\n')}\n`;
}

function commandLines({ words, about, usage, options }: CommandFacts): string[] {
  return [`.SS recon ${text(words.join(' '))} ${text(usage)}`, text(about), ...options.flatMap(optionLines)];
}

function optionLines({ flags, about }: CommandFacts['options'][number]): string[] {
  return ['.TP', `\\fB${text(flags)}\\fR`, text(about)];
}

/** Backslashes, hyphens and a point or apostrophe at the beginning of a line mean something to roff. */
function text(plain: string): string {
  return plain
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/^(?=[.'])/gm, '\\&')
    .replaceAll('\n', '\n.br\n')
    .replaceAll(/[^\x00-\x7f]/gu, (letter) => `\\[u${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`);
}
