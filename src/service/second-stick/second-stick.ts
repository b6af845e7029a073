import { ReconError } from '../../domain/errors.ts';
import { type Argv, type CommandOptions, type CommandResult, runOk } from '../../platform/process/command.ts';
import { diskSequences, noteDisksAtStart } from './attachments.ts';
import { findSecondStick, SECOND_STICK_COLUMNS, type SecondStick, type SecondStickSearch } from './find-second-stick.ts';
import { type TakenFile, takeRecords } from './take-records.ts';

/** A stick that somebody plugs in to take home what a master has in RAM. */
export interface SecondStickTaker {
  /** shows which one it would be, without a write */
  look(): Promise<SecondStickSearch>;
  /** writes onto the one that was shown last. @throws ReconError `not-found` when it is another one, or none was shown */
  take(directory: string): Promise<{ files: TakenFile[]; words: string }>;
}

interface SecondStickInput {
  /** of the medium that we booted from, where it is one that could be taken for a stick */
  bootDisk: string | undefined;
  mount: (argv: Argv, options: CommandOptions) => Promise<CommandResult>;
}

/** Begins to tell disks that are there from those that come. */
export async function secondStick({ bootDisk, mount }: SecondStickInput): Promise<SecondStickTaker> {
  const lastAtStart = await noteDisksAtStart();
  let shown: SecondStick | undefined;
  const look = async (): Promise<SecondStickSearch> => {
    const listing = await runOk(['lsblk', '--json', '--list', '--bytes', '--output', SECOND_STICK_COLUMNS], { timeoutMs: 30_000 });
    return findSecondStick(listing, await diskSequences(), lastAtStart, bootDisk);
  };
  return {
    look: async () => {
      const found = await look();
      shown = found.found ? found.stick : undefined;
      return found;
    },
    take: async (directory) => {
      const [was, found] = [shown, await look()];
      shown = undefined;
      if (was === undefined) throw new ReconError('not-found', 'no stick was shown yet', { hint: 'type take' });
      const isSame = found.found && found.stick.sequence === was.sequence && found.stick.device === was.device;
      if (!isSame) throw new ReconError('not-found', 'the stick that was shown is not there any more', { hint: 'type take again' });
      return { files: await takeRecords({ stick: was, directory, mount }), words: was.words };
    },
  };
}
