import { messageOf } from '../../domain/values/message-of.ts';
import { namesIn } from '../../platform/files/directories.ts';
import { type MediumFault, mediumFaultOf } from '../../platform/files/medium-fault.ts';

/** Why nothing can be stored. A full medium is none of it: it can be read, and sealed. */
export interface MediumTrouble {
  fault: Exclude<MediumFault, 'full'>;
  /** in the words of whoever found out */
  reason: string;
  /** what to try, when whoever could not bring it back knows better than the usual words */
  hint?: string;
}

/** The medium that the data directory lies on. */
export interface Medium {
  /** looks at it without writing; undefined: nothing can be seen */
  look(): Promise<MediumTrouble | undefined>;
  /** brings it back after trouble, when it can be. @throws Error with the reason when it cannot, and is asked again */
  reopen(): Promise<void>;
}

/** Of a directory of which no more is known. */
export function directoryMedium(directory: string): Medium {
  const look = async (): Promise<MediumTrouble | undefined> => {
    try {
      // the store makes it when it opens, and removes it never
      await namesIn(`${directory}/records`);
      return undefined;
    } catch (error) {
      const fault = mediumFaultOf(error) ?? 'gone';
      return { fault: fault === 'full' ? 'failing' : fault, reason: messageOf(error) };
    }
  };
  return {
    look,
    reopen: async () => {
      const trouble = await look();
      if (trouble !== undefined) throw new Error(trouble.reason);
    },
  };
}
