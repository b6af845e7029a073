import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { receivedFile } from '../../platform/files/received-file.ts';
import { openVisit } from '../../tarball/open-visit.ts';
import type { VisitReader } from '../api/parts/deps.ts';
import { nodesOfVisit } from '../change/import-visit.ts';

/** Raw captures of a thousand machines are some hundred megabytes. */
const MOST_BYTES = 2 * 1024 ** 3;

/** Reads tarballs that are sent, one at a time, each in a file of the state directory that goes when it was read. */
export function visitReader(stateDirectory: string): VisitReader {
  const directory = join(stateDirectory, 'visits');
  let isReading = false;
  return {
    read: async (upload, there) => {
      if (isReading) throw new ReconError('busy', 'another visit is being read', { hint: 'Try it again in a minute.' });
      isReading = true;
      try {
        await makeDirectory(directory);
        const path = join(directory, `${randomBytes(8).toString('hex')}.tar.gz`);
        await using _received = await receivedFile(path, upload, MOST_BYTES);
        const visit = await openVisit(path);
        const { nodes, known } = await nodesOfVisit(visit.nodes(), there);
        // the name is ours, and says nothing to who sent it
        const faults = visit.faults.map((fault) => fault.replace(path, 'the tarball'));
        return { site: visit.site, createdAt: visit.createdAt, nodes, known, faults };
      } catch (error) {
        if (!(error instanceof ReconError) || !error.code.startsWith('tarball-')) throw error;
        throw new ReconError(error.code, error.message.replace(/^\S*\/visits\/\S+/, 'this file'), {
          hint: 'A visit is called recon-SITE-DATE.tar.gz.',
        });
      } finally {
        isReading = false;
      }
    },
  };
}
