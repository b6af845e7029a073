import type { Command } from 'commander';
import { nearestWord } from '../domain/values/nearest-word.ts';

/**
 * Refuses a call that asks for help and names a command or an option that there is not. Without it commander shows the help of what stands around
 * the wrong word, with exit code 0: a script believes that the command is there, and a person reads past their mistake.
 */
export function refuseUnknownWords(program: Command): void {
  program.addHelpText('beforeAll', ({ command }) => {
    const [first = '', second = ''] = command.args;
    const asked = first === 'help' && command.commands.length > 0 ? second : first;
    if (command.commands.length > 0 && asked !== '' && !asked.startsWith('-')) refuse(command, 'command', asked, commandNames(command));
    const option = command.args.find((word) => /^-./.test(word) && !isHelp(word));
    if (option !== undefined) refuse(command, 'option', option.replace(/=.*$/s, ''), optionFlags(program, command));
    return '';
  });
}

/** Names and other names of the commands that people type. */
function commandNames(command: Command): string[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .flatMap((one) => [one.name(), ...one.aliases()]);
}

function optionFlags(program: Command, command: Command): string[] {
  const visible = [command, program].flatMap((one) => one.createHelp().visibleOptions(one));
  return visible.flatMap(({ long, short }) => [long, short].filter((flag) => typeof flag === 'string'));
}

function refuse(command: Command, kind: 'command' | 'option', word: string, known: readonly string[]): void {
  if (known.includes(word)) return;
  const nearest = nearestWord(word, known);
  const meant = nearest === undefined ? '' : `\n(Did you mean ${nearest}?)`;
  command.error(`error: unknown ${kind} '${word}'${meant}`, {
    code: kind === 'command' ? 'commander.unknownCommand' : 'commander.unknownOption',
    exitCode: 2,
  });
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}
