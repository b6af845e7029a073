import type { Command } from 'commander';

/** What the command tree says of itself, for a shell and for man. */
export function addShellCommands(program: Command, { version, printData }: { version: string; printData: (text: string) => void }): void {
  program
    .command('completion')
    .description('print the completion of commands and options for bash, and for zsh with bashcompinit')
    .addHelpText('after', '\nExample:\n  source <(recon completion)\n')
    .action(async () => {
      const { bashCompletion } = await import('./bash-completion.ts');
      const { commandTree } = await import('./command-tree.ts');
      printData(bashCompletion(commandTree(program)));
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
