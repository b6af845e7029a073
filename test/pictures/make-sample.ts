/** `make sample`: docs/sample-report.html again, from what the code makes today. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSampleReport } from '../../src/demo/sample-report.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';

const PLACE = join(import.meta.dirname, '../../docs/sample-report.html');

await using directory = await temporaryDirectory('recon-sample-');
const { path, sizeBytes } = await writeSampleReport(directory.path);
await copyFile(path, PLACE);
console.log(`docs/sample-report.html: ${(sizeBytes / 1e6).toFixed(2)} MB`);
