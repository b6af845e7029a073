import { type Command, Option } from 'commander';

const SHELLS = `
Examples:
  source <(recon completion)
  source <(recon completion --shell zsh)
  recon completion --shell fish > ~/.config/fish/completions/recon.fish
`;

/** What the command tree says of itself, for a shell and for man. */
export function addShellCommands(program: Command, { version, printData }: { version: string; printData: (text: string) => void }): void {
  program
    .command('completion')
    .description('print the completion of commands and options for bash, zsh or fish')
    .addOption(
      new Option('--shell <name>', 'for which shell; zsh reads it with bashcompinit').choices(['bash', 'zsh', 'fish']).default('bash'),
    )
    .addHelpText('after', SHELLS)
    .action(async ({ shell }: { shell: 'bash' | 'zsh' | 'fish' }) => {
      const { commandTree } = await import('./command-tree.ts');
      const tree = commandTree(program);
      if (shell === 'fish') return printData((await import('./fish-completion.ts')).fishCompletion(tree));
      const script = (await import('./bash-completion.ts')).bashCompletion(tree);
      printData(shell === 'zsh' ? `autoload -Uz bashcompinit && bashcompinit\n${script}` : script);
    });
  program
    .command('man')
    .description('print the manual page of all commands')
    .addHelpText('after', '\nExample:\n  recon man > recon.1 && man ./recon.1\n')
    .action(async () => {
      const { commandTree } = await import('./command-tree.ts');
      const { manPage } = await import('./man-page.ts');
      printData(manPage(commandTree(program), version));
    });
}
