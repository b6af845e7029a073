import { decimalSize } from '../../domain/values/shown-size.ts';
import type { SealedTarball } from '../../seal/seal-tarball.ts';

interface TypedWordsInput {
  storage: 'stick' | 'ram';
  warden: {
    lookForSecondStick(): Promise<{ isThere: boolean; words: string }>;
    takeRecords(): Promise<{ words: string; files: { name: string; sizeBytes: number; sha256: string; wasThere: boolean }[] }>;
  };
  seal: () => Promise<SealedTarball>;
  /** of the visit, as `recon verify` prints it */
  code: string;
}

/** What `take` and `write` do at the console: a stick is shown first, and written to only after the second word. */
export function secondStickWords({ storage, warden, seal, code }: TypedWordsInput): {
  take(): Promise<string[]>;
  write(): Promise<string[]>;
} {
  const onStick = ['the records are on the stick of this machine already: nothing to take'];
  return {
    take: async () => {
      if (storage === 'stick') return onStick;
      const { isThere, words } = await warden.lookForSecondStick();
      return isThere ? [words, 'Nothing that is on it is changed. Type write to put the tarball there.'] : [words];
    },
    write: async () => {
      if (storage === 'stick') return onStick;
      // what came in since the last one belongs into it
      const { machines } = await seal();
      const { files, words } = await warden.takeRecords();
      return [
        ...files.map(
          ({ name, sizeBytes, sha256, wasThere }) =>
            `${name} ${wasThere ? 'was there already, the same' : 'was written and read back'}: ${decimalSize(sizeBytes)}, sha256 ${sha256}`,
        ),
        `${machines} machines; the code of this visit is ${code}. ${words.split('. ')[0]}`,
        'SAFE TO PULL THIS STICK now.',
      ];
    },
  };
}
