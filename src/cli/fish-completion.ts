import { type CommandFacts, withAllBelow } from './command-tree.ts';

/** A script for fish: commands of the group that was typed, with what they do, options of the command, choices behind an option, and names of files. */
export function fishCompletion(tree: CommandFacts): string {
  const all = withAllBelow(tree);
  const groups = all.filter(({ below }) => below.length > 0).map(({ words }) => quoted(words.join(' ')));
  const lines = all.flatMap(({ words, below, options }) => {
    const here = `-n ${quoted(`__recon_at ${quoted(words.join(' '))}`)}`;
    return [
      ...below.map((one) => `complete -c recon -f ${here} -a ${quoted(one.words.at(-1) ?? '')} -d ${quoted(firstClause(one.about))}`),
      ...options.map(
        ({ flags, names, about, choices }) =>
          `complete -c recon ${here}${namesOf(names)}${valueWords(flags, choices)} -d ${quoted(firstClause(about))}`,
      ),
    ];
  });
  return `# fish completion of recon; made by recon completion --shell fish
function __recon_at
    set -l path
    for word in (commandline -opc)[2..]
        string match -q -- '-*' $word; and continue
        # only groups have a command behind them
        contains -- "$path" ${groups.join(' ')}; or continue
        set path (string trim -- "$path $word")
    end
    test "$path" = "$argv[1]"
end
${lines.join('\n')}
`;
}

function namesOf(names: readonly string[]): string {
  return names.map((name) => (name.startsWith('--') ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`)).join('');
}

/** An option that wants a value: one of its choices, or the name of a file. */
function valueWords(flags: string, choices: readonly string[]): string {
  if (choices.length > 0) return ` -x -a ${quoted(choices.join(' '))}`;
  return flags.includes('<') ? ' -r -F' : '';
}

/** A menu has room for a clause. */
function firstClause(text: string): string {
  return (text.split(/[\n;:(]/)[0] ?? '').trim().slice(0, 70);
}

/** Within single quotes only a backslash and the quote mean something to fish. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
