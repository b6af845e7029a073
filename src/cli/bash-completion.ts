import { type CommandFacts, withAllBelow } from './command-tree.ts';

/** A script for bash, and for zsh with bashcompinit: commands and options by the words before, choices behind an option, and else names of files. */
export function bashCompletion(tree: CommandFacts): string {
  const all = withAllBelow(tree);
  const words = all.map(({ words: path, below, options }) => {
    const offered = [
      ...below.map((one) => one.words.at(-1) ?? ''),
      ...options.flatMap(({ names }) => names.filter((name) => name.startsWith('--'))),
    ];
    return `    '${path.join(' ')}') words='${offered.join(' ')}' ;;`;
  });
  const paths = all.filter(({ below }) => below.length > 0).map(({ words: path }) => `'${path.join(' ')}'`);
  const choices = all.flatMap(({ words: path, options }) =>
    options.flatMap(({ names, choices: some }) =>
      some.length === 0 ? [] : names.map((name) => `    '${path.join(' ')} ${name}') words='${some.join(' ')}' ;;`),
    ),
  );
  return `# bash completion of recon; made by recon completion
_recon() {
  local path='' words='' word at
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    [[ $word == -* ]] && continue
    # only groups have a command behind them
    case $path in ${paths.join('|')}) path="\${path:+$path }$word" ;; esac
  done
  case "$path \${COMP_WORDS[COMP_CWORD-1]}" in
${choices.join('\n')}
  esac
  if [[ -z $words ]]; then
    case $path in
${words.join('\n')}
    esac
  fi
  # words without blanks; zsh has no mapfile
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o bashdefault -o default -F _recon recon ./recon
`;
}
