import type { Command } from 'commander';

/** A command as people see it, with those below it. */
export interface CommandFacts {
  /** `recon pool check`, without `recon` */
  words: readonly string[];
  about: string;
  usage: string;
  group: string;
  options: readonly { flags: string; names: readonly string[]; about: string; choices: readonly string[] }[];
  below: readonly CommandFacts[];
}

/** What the command tree says of itself; hidden commands and options are left out. */
export function commandTree(command: Command, above: readonly string[] = []): CommandFacts {
  const help = command.createHelp();
  return {
    words: above,
    about: command.description(),
    usage: command.usage(),
    group: command.helpGroup().replace(/:$/, ''),
    options: help.visibleOptions(command).map(({ flags, short, long, description, argChoices = [] }) => ({
      ...{ flags, about: description, choices: argChoices },
      names: [short, long].filter((name) => typeof name === 'string'),
    })),
    below: help
      .visibleCommands(command)
      .filter((one) => one.name() !== 'help')
      .map((one) => commandTree(one, [...above, one.name()])),
  };
}

/** A command and all below it, those that stand above first. */
export function withAllBelow(facts: CommandFacts): CommandFacts[] {
  return [facts, ...facts.below.flatMap(withAllBelow)];
}
